import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileTimeline, lengthMs } from "../../src/index.ts";

const ANSWERED = 1_800_000_000_000;
const pauses = [
  { startMs: 10_000, endMs: 14_000 },
  { startMs: 20_000, endMs: 21_000 },
];
const file = { startedAtMs: ANSWERED + 3_000, endedAtMs: ANSWERED + 33_000 };

describe("a carrier's file on its call", () => {
  it("that keeps pauses as silence holds the whole span", () => {
    const timeline = new FileTimeline(ANSWERED, { ...file, durationMs: 30_000 }, pauses);
    expect(timeline.spans()).toEqual([{ startMs: 3_000, endMs: 33_000 }]);
    expect(timeline.toCallMs(12_000)).toBe(15_000);
    expect(timeline.toFileMs(15_000)).toBe(12_000);
  });

  it("that leaves pauses out is shorter by them, and what follows comes earlier", () => {
    const timeline = new FileTimeline(ANSWERED, { ...file, durationMs: 25_000 }, pauses);
    expect(lengthMs(timeline.spans())).toBe(25_000);
    expect(timeline.toCallMs(6_999)).toBe(9_999);
    expect(timeline.toCallMs(7_000)).toBe(14_000);
    expect(timeline.toCallMs(14_000)).toBe(22_000);
    expect(timeline.toFileMs(12_000)).toBe(7_000);
    expect(timeline.toFileMs(22_000)).toBe(14_000);
  });

  it("gives each of its positions back from the call, whatever was left out", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 25_000 }), (fileMs) => {
        const timeline = new FileTimeline(ANSWERED, { ...file, durationMs: 25_000 }, pauses);
        expect(timeline.toFileMs(timeline.toCallMs(fileMs))).toBe(fileMs);
      }),
    );
  });

  it("without pauses is only as long as it is, whatever the carrier's stamps say", () => {
    const timeline = new FileTimeline(ANSWERED, { ...file, durationMs: 29_500 }, []);
    expect(timeline.spans()).toEqual([{ startMs: 3_000, endMs: 32_500 }]);
  });
});
