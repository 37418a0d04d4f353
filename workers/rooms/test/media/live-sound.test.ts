import { common, lengthMs, type Span, united, without } from "@earwitness/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LiveSound } from "../../src/call-room/media/live-sound.ts";
import type { LostSpan } from "../../src/call-room/media/lost-spans.ts";
import type { SoundPack } from "../../src/call-room/media/packer.ts";
import { type SoundPiece, SoundTail } from "../../src/call-room/media/sound-tail.ts";

const FRAME = new Uint8Array(160).fill(1);

function sound(absence: { startMs: number; reason: "room_reset" } | null = null) {
  const pieces: SoundPiece[] = [];
  const gaps: LostSpan[] = [];
  const packs: SoundPack[] = [];
  const live = new LiveSound({
    tail: new SoundTail(0, { save: (piece) => pieces.push(piece), complete: () => {} }),
    wishedMs: 0,
    absence: absence === null ? null : { ...absence, detail: null },
    isPaused: false,
    onPack: (pack) => packs.push(pack),
    onAbsence: () => {},
    onGap: (gap) => gaps.push(gap),
  });
  const hear = (ms: number, arrivedAtMs = ms) => {
    const at = { fromSample: ms * 8, samples: 160, audio: FRAME, arrivedAtMs };
    live.take({
      sounds: [
        { channel: "caller", ...at },
        { channel: "agent", ...at },
      ],
      standstill: null,
    });
  };
  return { live, pieces, gaps, packs, hear };
}

/** What may happen to a call, each for a number of frames; the carrier's clock goes on all the while. */
const happenings = fc.array(
  fc.record({
    what: fc.constantFrom("speak", "lose", "pause", "resume", "standstill"),
    frames: fc.integer({ min: 1, max: 120 }),
  }),
  { minLength: 1, maxLength: 25 },
);

describe("a call's sound on its way", () => {
  test("is kept or missing at each moment, never both, and never kept while it is paused", () => {
    fc.assert(
      fc.property(happenings, (story) => {
        const { live, pieces, gaps, hear } = sound();
        const paused: Span[] = [];
        let nowMs = 0;
        let isPaused = false;
        let isHeard = true;
        for (let i = 0; i < 3; i += 1, nowMs += 20) hear(nowMs);
        for (const { what, frames } of story) {
          const startMs = nowMs;
          if (what === "lose") {
            live.lose("media_lost", null);
            isHeard = false;
          } else if (what === "pause") {
            live.pause(nowMs);
            isPaused = true;
          } else if (what === "resume") {
            live.resume(nowMs, nowMs, isHeard);
            isPaused = false;
          } else isHeard = true;
          const endMs = nowMs + frames * 20;
          if (what === "standstill") {
            live.take({ sounds: [], standstill: { startMs: nowMs, endMs } });
            nowMs = endMs;
          }
          for (; nowMs < endMs; nowMs += 20) if (isHeard) hear(nowMs);
          if (isPaused) paused.push({ startMs, endMs });
        }
        live.finish(nowMs);
        const kept = united(pieces);
        const missing = united(gaps);
        const whole = [{ startMs: 0, endMs: nowMs }];
        expect(common(kept, missing)).toEqual([]);
        expect(without(whole, united([...kept, ...missing]))).toEqual([]);
        expect(common(kept, united(paused))).toEqual([]);
        // No moment is told twice.
        expect(gaps.reduce((sum, gap) => sum + gap.endMs - gap.startMs, 0)).toBe(lengthMs(missing));
        expect(common(united(gaps.filter(({ reason }) => reason === "paused")), united(paused))).toEqual(
          united(paused),
        );
      }),
    );
  });

  test("goes on after a reset with what was lost in it told", () => {
    const { gaps, hear } = sound({ startMs: 4000, reason: "room_reset" });
    hear(6000);
    expect(gaps).toEqual([{ channel: null, startMs: 4000, endMs: 6000, reason: "room_reset", detail: null }]);
  });

  test("that comes just after a pause belongs to it still", () => {
    const { live, gaps, packs, hear } = sound();
    hear(0);
    live.pause(20);
    const before = packs.length;
    hear(20);
    live.resume(40, 1_000_000, true);
    hear(40, 1_000_100);
    expect(packs).toHaveLength(before);
    hear(400, 1_000_400);
    expect(gaps).toMatchObject([{ startMs: 20, endMs: 400, reason: "paused" }]);
  });
});
