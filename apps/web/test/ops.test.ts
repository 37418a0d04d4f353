import type { CronView, OpsView } from "@earwitness/shared";
import { CronName, newId } from "@earwitness/shared";
import { expect, test } from "vitest";
import { isLateWait, waited } from "../src/features/ops/duration-words.ts";
import { deadCount, needsWords } from "../src/features/ops/needs.ts";
import { sendAgainWords } from "../src/features/ops/send-again-words.ts";
import { sparkPath } from "../src/features/ops/spark-path.ts";
import { breakerWords } from "../src/features/ops/vendor-words.ts";
import { CRONS, cronTitle, progressWords, resultWords } from "../src/features/ops/work-words.ts";
import { shortBytes } from "../src/format/size.ts";

const AT = "2026-11-21T09:00:00.000Z";
const cron = (changes: Partial<CronView> & { failed?: true } = {}): CronView => ({
  name: "sweep",
  schedule: "* * * * *",
  isLate: false,
  lastRun: {
    id: newId("cronRun"),
    startedAt: AT,
    durationMs: 1,
    state: changes.failed ? "failed" : "done",
    result: null,
    error: null,
    isByHand: false,
  },
  ...changes,
});
const needs = (changes: Partial<Pick<OpsView, "deadGroups" | "deadMessages" | "crons">> = {}) => ({
  deadGroups: [],
  deadMessages: [],
  crons: [cron()],
  ...changes,
});
const group = (count: number) => ({
  kind: "k",
  code: "c",
  message: "",
  count,
  newestJobId: newId("job"),
  newestAt: AT,
});

test("what needs a hand is counted in one line, and a quiet system says nothing", () => {
  expect(needsWords(needs())).toBeNull();
  const messages = { queue: "q", reason: "", count: 3, newestAt: AT };
  const troubled = needs({
    deadGroups: [group(2), group(1)],
    deadMessages: [messages],
    crons: [cron({ isLate: true }), cron({ failed: true }), cron({ isLate: true, failed: true })],
  });
  expect(deadCount(troubled)).toBe(6);
  expect(needsWords(troubled)).toBe("6 dead letters, 2 crons late, 1 cron failed");
});

test("the button that sends messages again says how many it sends", () => {
  expect([1, 2, 100, 101, 250].map(sendAgainWords)).toEqual([
    "Send again",
    "Send all 2 again",
    "Send all 100 again",
    "Send 100 again",
    "Send 100 again",
  ]);
});

test("a wait is told in the two units that matter", () => {
  const words = [4_200, 70_000, 6 * 60_000, 3_600_000 + 5 * 60_000, 12 * 86_400_000].map((ms) =>
    waited(ms).replaceAll("\u00a0", " "),
  );
  expect(words).toEqual(["4.2 s", "1 min 10 s", "6 min", "1 h 5 min", "12 days"]);
  expect([60_000, 60_001].map(isLateWait)).toEqual([false, true]);
});

test("a line of counts fills its place, and one in which nothing was done lies at the foot", () => {
  expect(sparkPath([0, 2, 1], 96, 20)).toBe("M0 18L48 2L96 10");
  expect(sparkPath([0, 0], 96, 20)).toBe("M0 18L96 18");
  expect(sparkPath([], 96, 20)).toBe("");
});

test("what a run did is told in words, without what came to nothing", () => {
  expect(resultWords({ lostHangUps: 1, lostRecordings: 0, ended_job: 12 })).toBe("lost hang ups: 1, ended job: 12");
  expect(resultWords({ resent: 0 })).toBe("nothing to do");
  expect(resultWords(null)).toBe("nothing to do");
});

test("every scheduled work has its line", () => {
  expect(CRONS.map(({ name }) => name).toSorted()).toEqual(CronName.options.toSorted());
  expect(cronTitle("audit_heads")).toBe("audit heads");
});

test("how far a job is, is told in its own unit", () => {
  const words = (done: number, total: number | null, unit: "bytes" | "rows" | "calls") =>
    progressWords({ progress: { done, total, unit } });
  expect(words(18_200_000, 25_300_000, "bytes")).toBe("18.2 MB of 25.3 MB");
  expect(words(410, 1_240, "calls")).toBe("410 of 1,240 calls");
  expect(words(1, null, "rows")).toBe("1 row");
  expect(progressWords({ progress: null })).toBeNull();
});

test("bytes are told in the unit that fits them", () => {
  expect([0, 1, 999, 1_000, 25_300_000, 2_000_000_000_000].map((bytes) => shortBytes(bytes, "en"))).toEqual([
    "0 bytes",
    "1 byte",
    "999 bytes",
    "1 kB",
    "25.3 MB",
    "2 TB",
  ]);
});

test("a vendor that is let alone says why, until when, and what that means", () => {
  const health = {
    vendor: "assemblyai",
    breaker: "open",
    since: null,
    retryAt: null,
    running: 0,
    atMost: 4,
    recentRequests: 20,
    recentFailures: 12,
    p95Ms: null,
    lastFailure: null,
  } as const;
  expect(breakerWords(health)).toBe(
    "12 of its last 20 requests failed; it is let alone. Calls go on; transcripts come later.",
  );
  // It is tried again within the minute, mostly: without seconds, both times would read the same.
  expect(breakerWords({ ...health, since: AT, retryAt: "2026-11-21T09:00:30.000Z" })).toMatch(/until .*:00:30/);
  expect(breakerWords({ ...health, breaker: "half_open", vendor: "mail" })).toContain(
    "one request at a time is let through to try it. Mails go out later.",
  );
});
