import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { newId } from "@earwitness/shared";
import { expect, test } from "vitest";
import worker from "../src/index.ts";
import { MAX_RETRIES, retryDelayS } from "../src/queue.ts";
import config from "../wrangler.toml?raw";

const HOUR_S = 3_600;
const retriesOfQueues = [...config.matchAll(/^max_retries = (\d+)$/gm)].map(([, retries]) => Number(retries));

test("no message of any queue is given up while the record is away for eight hours", () => {
  const consumers = [...config.matchAll(/^\[\[queues\.consumers\]\]$/gm)].length;
  expect(retriesOfQueues).toHaveLength(consumers);
  for (const retries of retriesOfQueues) {
    expect(retries).toBe(MAX_RETRIES);
    let lastsS = 0;
    for (let attempts = 1; attempts <= retries; attempts++) lastsS += retryDelayS(attempts);
    expect(lastsS).toBeGreaterThan(8 * HOUR_S);
  }
});

test("a message whose work cannot reach the record comes again later, and is not acknowledged", async () => {
  const away = { ...env, HYPERDRIVE: { connectionString: "postgres://nobody@127.0.0.1:9/away" } };
  const id = newId("request");
  const batch = createMessageBatch("earwitness-bulk", [
    { id, timestamp: new Date(), attempts: 12, body: { jobId: newId("job") } },
  ]);
  const context = createExecutionContext();
  await worker.queue(batch, away, context);
  const { explicitAcks, retryMessages } = await getQueueResult(batch, context);
  expect(explicitAcks).toEqual([]);
  expect(retryMessages).toEqual([{ msgId: id }]);
});
