import type { CallList, CallSummary } from "@earwitness/shared";
import { newId } from "@earwitness/shared";
import { expect, test } from "vitest";
import { isFiltered, NO_FILTERS, readFilters, toQuery, writeFilters } from "../src/api/call-filters.ts";
import { callLine } from "../src/features/calls/call-line.ts";
import { callStatus } from "../src/features/calls/call-status.ts";
import { groupByDay } from "../src/features/calls/group-by-day.ts";
import { mergeNewest, replaceCall } from "../src/live/merge-newest.ts";

function call(startedAt: string, over: Partial<CallSummary> = {}): CallSummary {
  return {
    id: newId("call"),
    direction: "inbound",
    state: "ended",
    from: "+12175550142",
    to: "+12175550100",
    numberId: null,
    startedAt,
    answeredAt: startedAt,
    endedAt: startedAt,
    durationMs: 1_000,
    hangupCause: "completed",
    recordingState: "stored",
    notRecordedReason: null,
    transcriptState: "ready",
    lastLine: null,
    hasLive: false,
    language: null,
    purges: [],
    ...over,
  };
}
const page = (calls: CallSummary[], nextCursor: string | null): CallList => ({ calls, page: { nextCursor } });
const ids = (pages: CallList[]) => pages.map((each) => each.calls.map(({ id }) => id));

const [a, b, c, d, e] = [5, 4, 3, 2, 1].map((hour) => call(`2026-11-19T0${hour}:00:00Z`)) as [
  CallSummary,
  CallSummary,
  CallSummary,
  CallSummary,
  CallSummary,
];

test("news comes to the top and leaves the older pages where they are", () => {
  const pages = [page([b, c], "c"), page([d, e], "e")];
  expect(ids(mergeNewest(pages, page([a, b], "b")))).toEqual([
    [a.id, b.id, c.id],
    [d.id, e.id],
  ]);
});

test("a known call is replaced where it stands", () => {
  const ended = { ...b, lastLine: "Now with words" };
  const merged = mergeNewest([page([a, b], "b"), page([c], null)], page([a, ended], "b"));
  expect(merged[0]?.calls[1]?.lastLine).toBe("Now with words");
  expect(merged[0]?.calls[0]).toBe(a);
});

test("a call that no longer fits the filter goes", () => {
  const merged = mergeNewest([page([a, b, c], "c"), page([d], null)], page([a, c], "c"));
  expect(ids(merged)).toEqual([[a.id, c.id], [d.id]]);
});

test("pages that the fresh page does not reach are dropped rather than shown with a hole", () => {
  expect(ids(mergeNewest([page([d, e], null)], page([a, b], "b")))).toEqual([[a.id, b.id]]);
});

test("one call can be replaced without touching the others", () => {
  const pages = [page([a], "a"), page([b], null)];
  const next = replaceCall(pages, { ...b, state: "live" });
  expect(next[0]).toBe(pages[0]);
  expect(next[1]?.calls[0]?.state).toBe("live");
});

test("calls on the line stand first, and a day is counted only when all of it is loaded", () => {
  const live = call("2026-11-19T06:00:00Z", { state: "live" });
  const yesterday = call("2026-11-18T06:00:00Z");
  const options = { locale: "en-GB", timeZone: "UTC" };
  const groups = groupByDay([live, a, yesterday], new Date("2026-11-19T12:00:00Z"), { ...options, hasMore: true });
  expect(groups.map(({ heading, complete }) => [heading, complete])).toEqual([
    ["Live now", true],
    ["Today, Thursday 19 November", true],
    ["Yesterday", false],
  ]);
});

test.each<[Partial<CallSummary>, string]>([
  [{ state: "ringing", answeredAt: null }, "Ringing"],
  [{ state: "live", recordingState: "recording" }, "Recording"],
  [{ state: "live", recordingState: null }, "Live"],
  [{ answeredAt: null, hangupCause: "no_answer" }, "Missed"],
  [{ answeredAt: null, hangupCause: "no_answer", direction: "outbound" }, "No answer"],
  [{ answeredAt: null, hangupCause: "busy", direction: "outbound" }, "Busy"],
  [{ hangupCause: "machine", direction: "outbound", recordingState: null, transcriptState: null }, "Voicemail"],
  [{ recordingState: null, transcriptState: null }, "Not recorded"],
  [{ recordingState: "awaited", transcriptState: null }, "Awaiting audio"],
  [{ recordingState: "storing", transcriptState: null }, "Storing"],
  [{ recordingState: "failed", transcriptState: null }, "Recording failed"],
  [{ transcriptState: "transcribing" }, "Transcribing"],
  [{ transcriptState: "failed" }, "Transcript failed"],
  [{ transcriptState: "ready" }, "Done"],
])("a call's status is the farthest thing that is true of it: %o", (over, word) => {
  expect(callStatus(call("2026-11-19T06:00:00Z", over)).word).toBe(word);
});

test("a call that a machine took says so, though the carrier counts it as answered", () => {
  const machine = {
    hangupCause: "machine",
    direction: "outbound",
    recordingState: null,
    transcriptState: null,
  } as const;
  expect(callLine(call("2026-11-19T06:00:00Z", machine))).toEqual({ told: "A machine answered; the call was ended." });
});

test("filters survive the way through the address", () => {
  const filters = { state: "ended", direction: "outbound", number: "+12175550142", when: { name: "7d" } } as const;
  expect(readFilters(new URLSearchParams(writeFilters(filters)))).toEqual(filters);
  const days = { ...NO_FILTERS, when: { first: "2026-11-01", last: "2026-11-03" } };
  expect(readFilters(new URLSearchParams(writeFilters(days)))).toEqual(days);
  expect(isFiltered(NO_FILTERS)).toBe(false);
});

test("what an address says wrongly is left out", () => {
  const search = new URLSearchParams("state=gone&direction=up&number=0142&first=2026-11-09&last=2026-11-01");
  expect(readFilters(search)).toEqual(NO_FILTERS);
});

test("days begin and end at the person's midnight, the last one included", () => {
  const query = toQuery({ ...NO_FILTERS, when: { first: "2026-11-01", last: "2026-11-03" } }, new Date());
  expect(query.from).toBe(new Date(2026, 10, 1).toISOString());
  expect(query.until).toBe(new Date(2026, 10, 4).toISOString());
  const week = toQuery({ ...NO_FILTERS, when: { name: "7d" } }, new Date(2026, 10, 19, 15));
  expect(week).toEqual({ from: new Date(2026, 10, 13).toISOString() });
});
