import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ALAW_VALUES,
  MULAW_SILENCE,
  MULAW_VALUES,
  mulawOf,
  mulawOfAlaw,
  mulawOfLinear,
  mulawPeak,
  mulawWavHeader,
} from "../../src/audio/index.ts";
import { WavMeter } from "../../src/recording/wav-meter.ts";

const sample = fc.integer({ min: -32_768, max: 32_767 });

describe("µ-law", () => {
  test("keeps each of its own values, but for its second zero", () => {
    for (let code = 0; code < 256; code += 1) {
      const value = MULAW_VALUES[code] ?? Number.NaN;
      expect(mulawOf(value)).toBe(code === 0x7f ? MULAW_SILENCE : code);
    }
  });

  test("writes the value nearest to a sample, within the step at that loudness", () => {
    fc.assert(
      fc.property(sample, (linear) => {
        const written = MULAW_VALUES[mulawOf(linear)] ?? Number.NaN;
        const clipped = Math.sign(linear) * Math.min(32_635, Math.abs(linear));
        // 16 steps to a segment, segments double: half a step is a 32nd of the magnitude, and 4 at the smallest.
        expect(Math.abs(written - clipped)).toBeLessThanOrEqual(Math.max(4, (Math.abs(clipped) + 0x84) / 32));
      }),
    );
  });

  // Values of ITU-T G.711, table 2a, as sox and Python's audioop write them.
  test.each([
    [0, 0xff],
    [1000, 0xce],
    [-1000, 0x4e],
    [32_767, 0x80],
    [-32_768, 0x00],
  ])("writes %i as the standard does", (linear, code) => {
    expect(mulawOf(linear)).toBe(code);
  });

  test("is made of A-law and of linear samples in either order", () => {
    expect([...mulawOfAlaw(Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a))]).toEqual(
      [0xd5, 0x55, 0xaa, 0x2a].map((code) => mulawOf(ALAW_VALUES[code] ?? 0)),
    );
    const pcm = Uint8Array.of(0x03, 0xe8, 0xfc, 0x18);
    expect([...mulawOfLinear(pcm)]).toEqual([0xce, 0x4e]);
    expect([...mulawOfLinear(Uint8Array.of(0xe8, 0x03, 0x18, 0xfc), "little")]).toEqual([0xce, 0x4e]);
    expect(mulawOfLinear(pcm.subarray(0, 3))).toHaveLength(1);
  });

  test("tells how loud it is at most", () => {
    expect(mulawPeak(Uint8Array.of(MULAW_SILENCE, 0x7f))).toBe(0);
    expect(mulawPeak(Uint8Array.of(0x80))).toBeCloseTo(1, 1);
    expect(mulawPeak(new Uint8Array(0))).toBe(0);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const loudest = Math.max(...Array.from(bytes, (byte) => Math.abs(MULAW_VALUES[byte] ?? Number.NaN)));
        expect(mulawPeak(bytes)).toBeCloseTo(Math.min(1, loudest / 32_635), 12);
      }),
    );
  });

  test("has a WAV header that its reader understands", () => {
    const meter = new WavMeter();
    meter.push(mulawWavHeader(2, 1600));
    meter.push(new Uint8Array(1600).fill(MULAW_SILENCE));
    expect(meter.finish()).toMatchObject({
      encoding: "mulaw",
      channels: 2,
      sampleRateHz: 8000,
      durationMs: 100,
      isTruncated: false,
    });
  });
});
