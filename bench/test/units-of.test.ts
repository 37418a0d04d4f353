import { expect, it } from "vitest";
import { readCounts } from "../src/cost/read-counts.ts";
import { unitsOf } from "../src/cost/units-of.ts";

const LOG = [
  { counted: "object_request", n: 3 },
  { counted: "object_message_in", n: 40 },
  { counted: "object_active_ms", n: 1000 },
  { counted: "queue_message", n: 2 },
  {
    message: "A call's live moment is over.",
    logger: "earwitness.rooms",
    properties: { messagesIn: 6000, chunksStored: 1, chunkBytes: 1, activeMs: 60_000, framesIn: 6000, framesLost: 0 },
  },
]
  .map((line) => JSON.stringify(line))
  .join("\n");

it("bills an object for its events, each twenty messages, and the time in which it is awake once", () => {
  const units = unitsOf(readCounts(LOG), 500, { hasInvocationLogs: true });
  expect(units).toMatchObject({ objectRequests: 3 + 2 + 300, queueOperations: 6, workerCpuMs: 500 });
  expect(units.objectGbSeconds).toBeCloseTo(60 * 0.128);
  expect(units.logEvents).toBe(1 + 3);
});

it("leaves the platform's own lines out where they are turned off", () => {
  expect(unitsOf(readCounts(LOG), 500, { hasInvocationLogs: false }).logEvents).toBe(1);
});
