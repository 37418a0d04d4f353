import { env } from "cloudflare:workers";
import { workerLogger } from "@earwitness/shared/log";
import { expect, test } from "vitest";
import { readBacklogs } from "../src/backlogs.ts";
import { envOf } from "../src/env.ts";

const NOW = Date.parse("2026-11-19T12:00:00Z");
const log = workerLogger("jobs");

/** A queue on which lies what is said. */
function queueWith(backlogCount: number, oldest?: Date): Queue {
  const metrics = async () => ({
    backlogCount,
    backlogBytes: backlogCount * 100,
    ...(oldest && { oldestMessageTimestamp: oldest }),
  });
  return { ...envOf(env).FACTS, metrics };
}

test("each queue says how much lies on it, and for how long", async () => {
  const queues = {
    NOTICES: queueWith(7, new Date(NOW - 90_000)),
    FACTS: queueWith(0, new Date(0)),
    MAIL_NOTICES: queueWith(0),
  };
  expect(await readBacklogs(queues, NOW, log)).toEqual([
    { name: "notices", waiting: 7, oldestWaitMs: 90_000 },
    { name: "facts", waiting: 0, oldestWaitMs: null },
    { name: "mail-notices", waiting: 0, oldestWaitMs: null },
  ]);
});

test("one that does not answer is left out, and the others are told", async () => {
  const silent = { ...queueWith(0), metrics: () => Promise.reject(new Error("no answer")) };
  const told = await readBacklogs({ NOTICES: silent, FACTS: queueWith(2), MAIL_NOTICES: queueWith(0) }, NOW, log);
  expect(told.map(({ name }) => name)).toEqual(["facts", "mail-notices"]);
});

test("the platform's own queues are asked", async () => {
  const told = await readBacklogs(envOf(env), NOW, log);
  expect(told.map(({ name, waiting }) => [name, waiting])).toEqual([
    ["notices", 0],
    ["facts", 0],
    ["mail-notices", 0],
  ]);
});
