import { setTimeout as sleep } from "node:timers/promises";
import type { ApiClient } from "../../session/api-client.ts";

/** A key whose first request died with the worker is free again after a minute, in which the worker may die again, and again. */
const WITHIN_MS = 10 * 60_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Posts a wish until it is taken: the same one each time, by its key, so that it counts once however often it is posted. Throws with
 * the last answer when it is refused, or not taken in time.
 */
export async function askOnce(client: ApiClient, wish: { path: string; key: string; body: unknown }): Promise<void> {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": wish.key },
    body: JSON.stringify(wish.body),
  };
  let last = "no answer";
  let waitMs = FIRST_WAIT_MS;
  for (const deadline = Date.now() + WITHIN_MS; Date.now() < deadline; await sleep(waitMs)) {
    waitMs = Math.min(LONGEST_WAIT_MS, 2 * waitMs);
    const answer = await client.fetch(wish.path, init).catch((error: unknown) => String(error));
    if (typeof answer === "string") {
      last = answer;
      continue;
    }
    const text = await answer.text();
    if (answer.ok) return;
    last = `${answer.status} ${text}`;
    const isUnderWay = answer.headers.has("retry-after");
    // It was done, and the answer died with the worker: all that is wanted here.
    if (answer.status === 409 && !isUnderWay) return;
    if (answer.status < 500 && ![408, 409, 429].includes(answer.status)) break;
  }
  throw new Error(`POST ${wish.path} was not taken: ${last}`);
}
