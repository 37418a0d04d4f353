import { generateKeyPairSync, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { signatureHeaders } from "../door/sign-notices.ts";
import { answerLines } from "../line-process.ts";
import { MediaStream } from "../media/media-stream.ts";
import { Pacer } from "../media/pacer.ts";
import { quantile } from "../media/quantile.ts";
import { FRAME_MS } from "../media/stamped-frame.ts";
import { serveCarrierApi } from "./carrier-api.ts";
import { LiveCall } from "./live-call.ts";
import { type CarrierAddress, LiveOrder, type Probe, type Streamed } from "./live-orders.ts";

// Started by carrier.ts.
const { privateKey, publicKey } = generateKeyPairSync("ed25519");
/** Notices on their way at a time. */
const CONNECTIONS = 16;
/** From the ringing to the sound: some commands, each a request. */
const STREAM_WITHIN_MS = 60_000;

const calls = new Map<string, LiveCall>();
let door: { noticesUrl: URL; pool: Pool; number: string } | null = null;
let number = "+13125550100";
let timesRung = 0;
let pacer = new Pacer();
let streaming: { stream: MediaStream; sent: Promise<void> }[] = [];
let talking: LiveCall[] = [];

const apiUrl = await serveCarrierApi({
  number: () => number,
  onCommand: (command) => {
    // The application hears of what went wrong by what does not come; a benchmark that hides it would be none.
    calls.get(command.controlId)?.obey(command).catch(die);
  },
});

await answerLines(async (said) => {
  const order = LiveOrder.parse(said);
  switch (order.order) {
    case "address": {
      const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
      return { apiUrl, publicKey: raw } satisfies CarrierAddress;
    }
    case "use_door": {
      const noticesUrl = new URL(order.noticesUrl);
      door = { noticesUrl, pool: new Pool(noticesUrl.origin, { connections: CONNECTIONS }), number: order.number };
      number = order.number;
      return {};
    }
    case "begin_calls": {
      talking = Array.from({ length: order.calls }, (_, n) => newCall(n));
      await Promise.all(talking.map((call) => call.ringIn()));
      await Promise.all(talking.map(async (call) => begin(await streamOf(call), order.seconds)));
      return {};
    }
    case "begin_pipes": {
      for (let call = 0; call < order.calls; call++) {
        const stream = new MediaStream({ url: `${order.url}/${call}`, call, reopens: false });
        await stream.open();
        begin(stream, order.seconds);
      }
      return {};
    }
    case "probe": {
      const from = nextCaller();
      const call = newCall(0, from);
      const sentMs = performance.timeOrigin + performance.now();
      await call.ringIn();
      void call.hangUp().catch(die);
      return { from, sentMs } satisfies Probe;
    }
    case "finish":
      return finish();
  }
});

async function streamOf(call: LiveCall): Promise<MediaStream> {
  const stream = await Promise.race([call.streaming, sleep(STREAM_WITHIN_MS, null, { ref: false })]);
  if (stream !== null) return stream;
  throw new Error(`A call was not streamed within ${STREAM_WITHIN_MS} ms: ${call.troubles.at(-1) ?? "nobody asked"}`);
}

function begin(stream: MediaStream, seconds: number): void {
  streaming.push({ stream, sent: pacer.add(stream, (seconds * 1000) / FRAME_MS) });
}

async function finish(): Promise<Streamed> {
  await Promise.all(streaming.map(({ sent }) => sent));
  const streams = streaming.map(({ stream }) => stream);
  await Promise.all(streams.map((stream) => stream.stop()));
  await Promise.all(talking.map((call) => call.hangUp()));
  const sum = (of: (stream: MediaStream) => number) => streams.reduce((total, stream) => total + of(stream), 0);
  const report = {
    framesSent: sum((stream) => stream.framesSent),
    framesMissed: sum((stream) => stream.framesMissed),
    timesReopened: sum((stream) => stream.timesReopened),
    lateMsP99: quantile(pacer.lateMs, 0.99),
  };
  pacer = new Pacer();
  streaming = [];
  talking = [];
  return report;
}

function newCall(n: number, from = nextCaller()): LiveCall {
  const call = new LiveCall({ number: n, from, to: number, send: sendNotice });
  calls.set(call.controlId, call);
  return call;
}

function nextCaller(): string {
  timesRung += 1;
  return `+1415555${String(timesRung).padStart(4, "0")}`;
}

async function sendNotice(type: string, payload: object): Promise<void> {
  if (door === null) throw new Error("The carrier was not told where notices go");
  const body = JSON.stringify({
    data: { record_type: "event", event_type: type, id: randomUUID(), occurred_at: new Date().toISOString(), payload },
    meta: { attempt: 1, delivered_to: door.noticesUrl.href },
  });
  const headers = { "content-type": "application/json", ...signatureHeaders(privateKey, body) };
  const { statusCode, body: answer } = await door.pool.request({
    path: door.noticesUrl.pathname,
    method: "POST",
    headers,
    body,
  });
  const said = await answer.text();
  if (statusCode !== 200) throw new Error(`${type} was answered ${statusCode}: ${said}`);
}

function die(error: unknown): never {
  console.error(error);
  process.exit(1);
}
