import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { common, coverageOf, type Evidence, FRAME_MS, lengthMs, type Span, united, without } from "../../src/index.ts";

const span = fc
  .record({ startMs: fc.integer({ min: -400, max: 2_600 }), endMs: fc.integer({ min: -400, max: 2_600 }) })
  .map(({ startMs, endMs }): Span => ({ startMs, endMs }));
const spans = fc.array(span, { maxLength: 8 });
const reason = fc.constantFrom("frame_lost" as const, "media_lost" as const, "room_reset" as const);
const evidence: fc.Arbitrary<Evidence> = fc.record({
  answeredMs: fc.integer({ min: 0, max: 2_200 }),
  recorded: spans,
  live: spans,
  paused: spans,
  gaps: fc.array(
    fc.record({
      startMs: fc.integer({ min: 0, max: 2_200 }),
      endMs: fc.integer({ min: 0, max: 2_200 }),
      reason,
      detail: fc.constant(null),
    }),
    { maxLength: 5 },
  ),
  otherwise: fc.constant("unknown" as const),
});

/** The simple model: one box a frame. */
function boxes(of: readonly Span[], count: number): boolean[] {
  const at = (ms: number) => Math.round(ms / FRAME_MS);
  return Array.from({ length: count }, (_, frame) =>
    of.some(({ startMs, endMs }) => frame >= at(startMs) && frame < at(endMs)),
  );
}

describe("coverage", () => {
  it("counts every frame once, as a box for each frame does", () => {
    fc.assert(
      fc.property(evidence, (given) => {
        const found = coverageOf(given);
        const count = Math.round(given.answeredMs / FRAME_MS);
        const model = { paused: 0, recorded: 0, live: 0, missing: 0 };
        const [paused, recorded, live] = [given.paused, given.recorded, given.live].map((each) => boxes(each, count));
        for (let frame = 0; frame < count; frame++) {
          if (paused?.[frame]) model.paused += FRAME_MS;
          else if (recorded?.[frame]) model.recorded += FRAME_MS;
          else if (live?.[frame]) model.live += FRAME_MS;
          else model.missing += FRAME_MS;
        }
        expect({
          paused: lengthMs(found.paused),
          recorded: lengthMs(found.recorded),
          live: lengthMs(found.liveOnly),
          missing: lengthMs(found.missing),
        }).toEqual(model);
        expect(found.answeredMs).toBe(count * FRAME_MS);
        expect(model.paused + model.recorded + model.live + model.missing).toBe(found.answeredMs);
        // No moment stands under two headings.
        const everything = [...found.paused, ...found.recorded, ...found.liveOnly, ...found.missing];
        expect(lengthMs(united(everything))).toBe(lengthMs(everything));
      }),
    );
  });

  it("gives a missing span the reason that was told for it, and what precedes all sound its own", () => {
    const found = coverageOf({
      answeredMs: 10_000,
      recorded: [],
      live: [
        { startMs: 3_000, endMs: 5_000 },
        { startMs: 6_000, endMs: 9_000 },
      ],
      paused: [],
      gaps: [{ startMs: 5_000, endMs: 6_000, reason: "media_lost", detail: "1006" }],
      otherwise: "unknown",
    });
    expect(found.missing).toEqual([
      { startMs: 0, endMs: 3_000, reason: "before_recording", detail: null },
      { startMs: 5_000, endMs: 6_000, reason: "media_lost", detail: "1006" },
      { startMs: 9_000, endMs: 10_000, reason: "unknown", detail: null },
    ]);
  });
});

describe("spans", () => {
  it("subtract what they have in common, and nothing else", () => {
    fc.assert(
      fc.property(spans, spans, (left, right) => {
        const [a, b] = [united(left), united(right)];
        expect(united([...without(a, b), ...common(a, b)])).toEqual(a);
        expect(common(without(a, b), b)).toEqual([]);
      }),
    );
  });
});
