import { type CallView, newId, type UtteranceView } from "@earwitness/shared";
import { expect, test } from "vitest";
import { barsPath, columnLevels, findSilences, loudnessOf, rulerTicks } from "../src/features/call/axis/bars.ts";
import { coverageOf, isUnexplained } from "../src/features/call/record/coverage.ts";
import { stageLines } from "../src/features/call/stages.ts";
import { buildTurns, momentFinder, talkShares, wordGap } from "../src/features/call/transcript/turns.ts";

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

test("languages without spaces get none", () => {
  expect([wordGap("en-US"), wordGap("ja"), wordGap("zh-Hans"), wordGap(null)]).toEqual([" ", "", "", " "]);
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

const answered = { answeredAt: "2026-11-19T09:14:05.000Z", durationMs: 141_000 };

test("answered seconds add up", () => {
  const coverage = coverageOf(answered, [{ durationMs: 136_800, startedAt: "2026-11-19T09:14:09.200Z" }]);
  expect(coverage).toEqual({ answeredMs: 141_000, recordedMs: 136_800, beforeMs: 4_200, otherMs: 0 });
});

test("seconds that nothing explains are said, two clocks' difference is not an alarm", () => {
  const missing = coverageOf(answered, [{ durationMs: 130_000, startedAt: "2026-11-19T09:14:05.000Z" }]);
  expect(missing && [missing.otherMs, isUnexplained(missing)]).toEqual([11_000, true]);
  const clocks = coverageOf(answered, [{ durationMs: 141_200, startedAt: "2026-11-19T09:14:05.000Z" }]);
  expect(clocks && [clocks.otherMs, isUnexplained(clocks)]).toEqual([-200, false]);
});

test("nothing is summed up before there is something to sum", () => {
  expect(coverageOf({ answeredAt: null, durationMs: 0 }, [])).toBeNull();
  expect(coverageOf(answered, [{ durationMs: null, startedAt: null }])).toBeNull();
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
