import { type CallSummary, newId } from "@earwitness/shared";
import { expect, test } from "vitest";
import { openCallCount } from "../src/api/open-calls.ts";
import { earlierCalls } from "../src/features/live/earlier-calls.ts";
import { needsOf, todayOf } from "../src/features/live/today.ts";
import { orderOfWall, wallGroups } from "../src/features/live/wall-groups.ts";
import { sampleCall } from "../src/features/pieces/samples.ts";

let minute = 0;
const at = (seconds: number) => new Date(Date.parse("2026-11-19T09:00:00Z") + seconds * 1_000).toISOString();
/** A call that began a minute after the one before it. */
function call(over: Partial<CallSummary>): CallSummary {
  return { ...sampleCall({}), id: newId("call"), startedAt: at(minute++ * 60), ...over };
}
const ringing = (over: Partial<CallSummary> = {}) =>
  call({ state: "ringing", answeredAt: null, endedAt: null, ...over });
const live = (over: Partial<CallSummary> = {}) => call({ state: "live", endedAt: null, ...over });
const missed = (from: string) =>
  call({ from, answeredAt: null, hangupCause: "no_answer", recordingState: null, transcriptState: null });

test("open calls stand newest first in their group, one that is in both lists once, as answered", () => {
  const [a, b] = [ringing(), ringing()];
  const c = live();
  const groups = wallGroups([a, b, c, { ...a, state: "live" }], null);
  expect(groups.ringing.map(({ id }) => id)).toEqual([b.id]);
  expect(groups.inProgress.map(({ id }) => id)).toEqual([c.id, a.id]);
});

test("under a hand nothing moves: new calls wait, an answered one stays where it rang, one that is over goes", () => {
  const [a, b] = [ringing(), live()];
  const held = orderOfWall(wallGroups([a, b], null));
  const answered = { ...a, state: "live" as const };
  const groups = wallGroups([answered, b, ringing(), live()], held);
  expect([groups.ringing.map(({ id }) => id), groups.inProgress.map(({ id }) => id)]).toEqual([[a.id], [b.id]]);
  expect(groups.waiting).toBe(2);
  expect(wallGroups([answered], held).inProgress).toEqual([]);
});

test("more than twelve fold", () => {
  const calls = Array.from({ length: 13 }, () => live());
  expect(wallGroups(calls.slice(1), null).isFolded).toBe(false);
  expect(wallGroups(calls, null).isFolded).toBe(true);
});

test("the day is counted from its calls: the median is of the waits of those that came in and were answered", () => {
  const answered = (waitSeconds: number, direction: "inbound" | "outbound" = "inbound") => {
    const each = call({ direction });
    return { ...each, answeredAt: new Date(Date.parse(each.startedAt) + waitSeconds * 1_000).toISOString() };
  };
  const calls = [answered(2), answered(10), answered(4), answered(90, "outbound"), missed("+12175550188"), ringing()];
  expect(todayOf(calls)).toEqual({ calls: 6, answered: 4, missed: 1, medianWaitMs: 4_000 });
  expect(todayOf([answered(2), answered(4)]).medianWaitMs).toBe(3_000);
  expect(todayOf([]).medianWaitMs).toBeNull();
});

test("a missed caller is to be called back, once, until somebody spoke to them or tried to", () => {
  const [a, b, c] = ["+12175550101", "+12175550102", "+12175550103"];
  const calls = [
    missed(a),
    missed(a),
    missed(b),
    call({ from: b, transcriptState: "ready" }),
    missed(c),
    call({ direction: "outbound", from: "+12175550100", to: c, answeredAt: null, hangupCause: "busy" }),
    missed("anonymous"),
  ];
  expect(needsOf(calls).map(({ what, call: { from } }) => [what, from])).toEqual([["call_back", a]]);
  // Somebody who was spoken to and then missed again waits again.
  expect(needsOf([...calls, missed(b)]).map(({ call: { from } }) => from)).toEqual([b, a]);
});

test("recordings and words that failed need a person", () => {
  const failed = call({ recordingState: "failed", transcriptState: null });
  const wordless = call({ recordingState: "stored", transcriptState: "failed" });
  expect(needsOf([failed, wordless]).map(({ what }) => what)).toEqual(["transcript", "recording"]);
});

test("a ringing row tells how often one spoke, and what was said last", () => {
  const time = { locale: "en-GB", timeZone: "UTC" };
  const now = new Date("2026-11-20T09:00:00Z");
  const page = (calls: CallSummary[], nextCursor: string | null = null) => ({ calls, page: { nextCursor } });
  const earlier = call({ startedAt: "2026-11-19T09:00:00Z", lastLine: "It drips." });
  const self = ringing({ startedAt: "2026-11-20T09:00:00Z" });
  expect(earlierCalls([page([self, earlier])], self.id, now, time)).toEqual({
    words: "1 call in 30 days. Yesterday:",
    line: { said: "It drips." },
  });
  expect(earlierCalls([page([self, earlier], "more")], self.id, now, time).words).toMatch(/^More than 1 call/);
  expect(earlierCalls([page([self])], self.id, now, time)).toEqual({
    words: "No earlier calls in 30 days",
    line: null,
  });
});

test("the rail counts the open calls, and says when there are more than it knows", () => {
  const page = (count: number, nextCursor: string | null = null) => ({
    calls: Array.from({ length: count }, () => live()),
    page: { nextCursor },
  });
  expect(openCallCount([page(2)], [page(3)])).toBe("5");
  expect(openCallCount([page(50, "next")], undefined)).toBe("50+");
  expect(openCallCount([page(0)], [page(0)])).toBeNull();
});
