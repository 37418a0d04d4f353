import { createInterface } from "node:readline";
import { Pool } from "undici";
import { LoadSettings, Order, type Round } from "./load.ts";
import { noticeMaker, type SignedNotice } from "./sign-notices.ts";

// Started by load.ts: the settings on the first line of standard input, then an order a line; a JSON answer a line.
const lines = createInterface(process.stdin)[Symbol.asyncIterator]();
const first = await lines.next();
const settings = LoadSettings.parse(JSON.parse(first.value ?? ""));
const makeCall = noticeMaker(settings);

for await (const line of { [Symbol.asyncIterator]: () => lines }) {
  const order = Order.parse(JSON.parse(line));
  const answer = await run(order.url, order.calls).catch((error: unknown) => ({ error: String(error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function run(url: string, calls: number): Promise<Round> {
  // Signed beforehand: the carrier's work is not what is measured.
  const waiting = Array.from({ length: calls }, makeCall);
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: settings.concurrency, pipelining: 1 });
  const latenciesMs: number[] = [];
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: settings.concurrency }, () => deliverCalls(pool, pathname, waiting, latenciesMs)),
  );
  const elapsedMs = performance.now() - begun;
  await pool.close();
  return { elapsedMs, latenciesMs };
}

async function deliverCalls(pool: Pool, path: string, waiting: SignedNotice[][], latenciesMs: number[]): Promise<void> {
  for (let call = waiting.pop(); call !== undefined; call = waiting.pop()) {
    for (const { body, headers } of call) {
      const begun = performance.now();
      const { statusCode, body: answer } = await pool.request({ path, method: "POST", headers, body });
      const said = await answer.text();
      latenciesMs.push(performance.now() - begun);
      if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}: ${said}`);
    }
  }
}
