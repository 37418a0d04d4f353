import { type CallView, type CoverageView, newId, type UtteranceView } from "@earwitness/shared";
import { expect, test } from "vitest";
import { axisMarks } from "../src/features/call/axis/axis-marks.ts";
import { barsPath, columnLevels, findSilences, loudnessOf, rulerTicks } from "../src/features/call/axis/bars.ts";
import { filePosition } from "../src/features/call/file-position.ts";
import { isAlarming, missingSums } from "../src/features/call/record/coverage.ts";
import { captionsWords, sumWords } from "../src/features/call/record/coverage-words.ts";
import { stageLines } from "../src/features/call/stages.ts";
import { buildTurns, momentFinder, talkShares } from "../src/features/call/transcript/turns.ts";

function utterance(party: "caller" | "agent", startMs: number, texts: string[], confidence = 0.9): UtteranceView {
  const words = texts.map((text, i) => ({
    text,
    startMs: startMs + i * 100,
    endMs: startMs + i * 100 + 90,
    confidence,
  }));
  return {
    id: newId("utterance"),
    speaker: party,
    party,
    channel: 1,
    startMs,
    endMs: startMs + texts.length * 100,
    confidence,
    text: texts.join(" "),
    words,
  };
}

test("consecutive utterances of one speaker are one turn, in the order they began", () => {
  const turns = buildTurns([
    utterance("agent", 2_000, ["Good."]),
    utterance("caller", 0, ["No", "heat."]),
    utterance("caller", 500, ["Since", "Monday."], 0.4),
  ]);
  expect(turns.map(({ party, words }) => [party, words.map(({ text }) => text).join(" ")])).toEqual([
    ["caller", "No heat. Since Monday."],
    ["agent", "Good."],
  ]);
  expect(turns[0]?.endMs).toBe(700);
  expect(turns.flatMap(({ words }) => words.map(({ index }) => index))).toEqual([0, 1, 2, 3, 4]);
  expect(turns[0]?.words.map(({ unsure }) => unsure)).toEqual([false, false, true, true]);
});

test("a speaker's utterances on both sides of lost captions are two turns", () => {
  const utterances = [utterance("agent", 0, ["Thank", "you."]), utterance("agent", 9_000, ["go", "on."])];
  expect(buildTurns(utterances)).toHaveLength(1);
  expect(buildTurns(utterances, undefined, [4_000])).toHaveLength(2);
  expect(buildTurns(utterances, undefined, [9_500])).toHaveLength(1);
});

test("a moment finds the word that is being said, and nothing where nobody speaks", () => {
  const turns = buildTurns([
    utterance("caller", 1_000, ["No", "heat."]),
    utterance("agent", 5_000, ["Since", "when?"]),
  ]);
  const at = momentFinder(turns);
  expect(at(999)).toBeNull();
  expect(at(1_000)).toEqual({ turn: 0, word: 0 });
  expect(at(1_095)).toEqual({ turn: 0, word: 0 });
  expect(at(1_100)).toEqual({ turn: 0, word: 1 });
  expect(at(1_200)).toBeNull();
  expect(at(5_150)).toEqual({ turn: 1, word: 3 });
});

test("when two speak at once, the word that began last counts", () => {
  const turns = buildTurns([utterance("caller", 0, ["a", "b", "c", "d"]), utterance("agent", 150, ["mm"])]);
  const at = momentFinder(turns);
  expect(at(120)).toEqual({ turn: 0, word: 1 });
  expect(at(160)).toEqual({ turn: 1, word: 4 });
  expect(at(310)).toEqual({ turn: 0, word: 3 });
});

test("shares are of the whole recording", () => {
  const shares = talkShares(
    { utterances: [utterance("caller", 0, ["a", "b"]), utterance("agent", 300, ["c"])] },
    1_000,
  );
  expect(shares).toEqual({ caller: 0.2, agent: 0.1 });
});

const view = { recordingId: newId("recording"), windowMs: 100, durationMs: 1_000 };

test("the caller's channel is drawn above, on a scale common to both", () => {
  const peaks = [
    [0, 50, 100],
    [200, 0, 0],
  ];
  const loud = loudnessOf({ ...view, peaks }, 2);
  expect(loud.caller).toEqual([1, 0, 0]);
  expect(loud.agent).toEqual([0, 0.25, 0.5]);
});

test("a single channel has no sides, and near silence is not blown up", () => {
  const loud = loudnessOf({ ...view, peaks: [[4, 0]] }, null);
  expect(loud.agent).toEqual(loud.caller);
  expect(loud.caller[0]).toBe(0.1);
});

test("a column shows the loudest of what it stands for", () => {
  const loud = { windowMs: 100, durationMs: 800, caller: [0, 0.2, 0.9, 0, 0, 0.1, 0, 0.3], agent: [] };
  expect(columnLevels(loud.caller, loud, 4)).toEqual([0.2, 0.9, 0.1, 0.3]);
  // More columns than windows: each still shows the window that it lies in.
  expect(columnLevels(loud.caller, loud, 16).slice(2, 6)).toEqual([0.2, 0.2, 0.9, 0.9]);
});

test("bars stand on their own side of the zero line, and silence has none", () => {
  expect(barsPath([0.5, 0, 1], { step: 4, zero: 50, reach: 20, side: "above" })).toBe("M2 49v-10.0M10 49v-20.0");
  expect(barsPath([0.5], { step: 4, zero: 50, reach: 20, side: "below" })).toBe("M2 51v10.0");
});

test("silence is where neither side is heard, to the end", () => {
  const loud = {
    windowMs: 100,
    durationMs: 1_000,
    caller: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    agent: [0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
  };
  expect(findSilences(loud, 300)).toEqual([
    { startMs: 100, endMs: 500 },
    { startMs: 600, endMs: 1_000 },
  ]);
});

test("the ruler's labels never run into each other, and always count in steps people know", () => {
  for (const [durationMs, width] of [
    [5_000, 390],
    [141_000, 1_100],
    [141_000, 390],
    [3 * 3_600_000, 390],
  ] as const) {
    const major = rulerTicks(durationMs, width).filter((tick) => tick.major);
    const apart = ((major[1]?.atMs ?? durationMs) / durationMs) * width;
    expect(apart).toBeGreaterThanOrEqual(64);
    expect(major.length).toBeGreaterThan(2);
  }
  expect(rulerTicks(141_000, 1_100)[2]).toEqual({ atMs: 10_000, major: true });
});

test("the announcement is told from what else is missing, and two clocks' difference is no alarm", () => {
  const missing = (startMs: number, endMs: number, reason: CoverageView["missing"][number]["reason"]) => ({
    startMs,
    endMs,
    reason,
    detail: null,
  });
  const announced = missing(0, 4_200, "before_recording");
  expect(missingSums([announced, missing(9_000, 9_400, "unknown")])).toEqual({
    beforeMs: 4_200,
    awaitedMs: 0,
    otherMs: 400,
  });
  expect(isAlarming({ missing: [announced, missing(9_000, 9_500, "unknown")] })).toBe(false);
  expect(isAlarming({ missing: [announced, missing(9_000, 9_520, "media_lost")] })).toBe(true);
  expect(isAlarming({ missing: [missing(0, 60_000, "recording_awaited")] })).toBe(false);
});

test("what is shown of a sum adds up to the frame, and missing is said also where nothing is", () => {
  const missing = [{ startMs: 0, endMs: 4_200, reason: "before_recording" as const, detail: null }];
  const sum = { answeredMs: 141_020, recordedMs: 121_820, liveMs: 0, pausedMs: 15_000, missing };
  expect(sumWords(sum).replaceAll("\u00a0", " ")).toBe(
    "141.02 s answered = 4.20 s before + 121.82 s recorded + 15.00 s paused + 0.00 s missing",
  );
});

test("while a call lasts, sound that is on its way to the storage is not called missing", () => {
  const missing = [{ startMs: 24_000, endMs: 30_500, reason: "recording_awaited" as const, detail: null }];
  const sum = { answeredMs: 30_500, recordedMs: 0, liveMs: 24_000, pausedMs: 0, missing };
  expect(sumWords(sum).replaceAll("\u00a0", " ")).toBe(
    "30.50 s answered = 24.00 s kept live + 6.50 s not stored yet + 0.00 s missing",
  );
  const captions = (coveredMs: number, isFinal: boolean) =>
    captionsWords({ captions: { coveredMs, gaps: [] }, isFinal }).replaceAll("\u00a0", " ");
  expect(captions(0, false)).toBe("");
  expect(captions(24_000, false)).toBe("Captions cover 24.00 s.");
  expect(captions(0, true)).toBe("Captions cover 0.00 s.");
});

const answeredAt = "2026-11-19T09:14:05.000Z";
const recorded = { startedAt: "2026-11-19T09:14:09.000Z", endedAt: "2026-11-19T09:14:49.000Z" };
const paused = [{ startMs: 14_000, endMs: 24_000, by: null }];

test("a position on the call is found in a file that keeps its pauses, and in one that leaves them out", () => {
  const keeps = filePosition({ answeredAt }, { ...recorded, durationMs: 40_000 }, paused);
  expect([0, 4_000, 14_000, 30_000].map(keeps)).toEqual([0, 0, 10_000, 26_000]);
  const leavesOut = filePosition({ answeredAt }, { ...recorded, durationMs: 30_000 }, paused);
  expect([4_000, 14_000, 20_000, 24_000, 30_000].map(leavesOut)).toEqual([0, 10_000, 10_000, 10_000, 16_000]);
});

test("captions stand where their words are in the recording", () => {
  const [turn] = buildTurns([utterance("caller", 14_000, ["No", "heat."])], (ms) => ms - 4_000);
  expect([turn?.startMs, turn?.words.map(({ startMs }) => startMs)]).toEqual([10_000, [10_000, 10_100]]);
});

test("the axis marks what was paused and what was healed, in the file's own time", () => {
  const healed = [{ startMs: 1_000, endMs: 2_100, reason: "transcriber_closed" as const, words: 3 }];
  const comparison = { liveWords: 9, exactWords: 12, wordsChanged: 3, wordErrorRate: 0.25, healed };
  const marks = axisMarks({ paused }, comparison, (ms) => Math.max(0, ms - 4_000));
  expect(marks.map(({ kind, startMs, endMs }) => [kind, startMs, endMs])).toEqual([
    ["healed", 1_000, 2_100],
    ["paused", 10_000, 20_000],
  ]);
  expect(marks[0]?.words.replaceAll("\u00a0", " ")).toBe(
    "Captions lost 1.1 s here: the transcriber closed and was reopened. Filled from the recording: 3 words.",
  );
});

test("stages tell what has happened, and how long each took", () => {
  const stages: CallView["stages"] = [
    { name: "ring", state: "done", at: "2026-11-19T09:14:02.118Z", note: "+1 217-555-0100" },
    { name: "answer", state: "done", at: "2026-11-19T09:14:05.604Z", note: null },
    { name: "announce", state: "skipped", at: null, note: null },
    { name: "record", state: "failed", at: "2026-11-19T09:14:06.000Z", note: "refused" },
    { name: "store", state: "waiting", at: null, note: null },
  ];
  expect(stageLines(stages).map(({ title, tookMs }) => [title, tookMs])).toEqual([
    ["Rang", null],
    ["Answered", 3_486],
    ["Recording did not start", 396],
  ]);
});
