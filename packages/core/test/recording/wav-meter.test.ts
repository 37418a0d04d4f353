import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PeakMeter } from "../../src/recording/peaks.ts";
import { WavMeter } from "../../src/recording/wav-meter.ts";

function wav(options: {
  samples: number[];
  channels?: number;
  tag?: number;
  dataBytes?: number;
  before?: number;
  after?: number;
}): Uint8Array {
  const { channels = 2, tag = 1, before = 0, after = 0 } = options;
  const bytesPerSample = tag === 1 ? 2 : 1;
  const audioBytes = options.samples.length * bytesPerSample;
  const beforeBytes = before > 0 ? 8 + before : 0;
  const bytes = new Uint8Array(44 + beforeBytes + audioBytes + after);
  const view = new DataView(bytes.buffer);
  const write = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  write(0, "RIFF");
  write(8, "WAVE");
  write(12, "fmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, tag, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, 8000, true);
  view.setUint32(28, 8000 * channels * bytesPerSample, true);
  view.setUint16(32, channels * bytesPerSample, true);
  view.setUint16(34, bytesPerSample * 8, true);
  let at = 36;
  if (before > 0) {
    write(at, "LIST");
    view.setUint32(at + 4, before, true);
    at += beforeBytes;
  }
  write(at, "data");
  view.setUint32(at + 4, options.dataBytes ?? audioBytes, true);
  at += 8;
  for (const sample of options.samples) {
    if (bytesPerSample === 2) view.setInt16(at, sample, true);
    else view.setUint8(at, sample);
    at += bytesPerSample;
  }
  bytes.fill(0x7f, at);
  return bytes;
}

function read(bytes: Uint8Array, cuts: number[] = []) {
  const meter = new WavMeter();
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (let i = 1; i < edges.length; i++) meter.push(bytes.subarray(edges[i - 1], edges[i]));
  return meter.finish();
}

/** One second: channel 1 loud in its first half, channel 2 in its second. */
const SECOND = Array.from({ length: 16_000 }, (_, i) => {
  const isFirstHalf = i < 8_000;
  return i % 2 === 0 ? (isFirstHalf ? 32_000 : 0) : isFirstHalf ? 0 : -16_000;
});

describe("a WAV file as it streams by", () => {
  test("tells channels, duration and where each was loud", () => {
    const facts = read(wav({ samples: SECOND }));
    expect(facts).toMatchObject({
      encoding: "pcm16",
      channels: 2,
      sampleRateHz: 8000,
      durationMs: 1000,
      isTruncated: false,
    });
    const [caller, agent] = facts?.peaks.channels ?? [];
    expect([...(caller ?? [])]).toEqual([...Array(10).fill(250), ...Array(10).fill(0)]);
    expect([...(agent ?? [])]).toEqual([...Array(10).fill(0), ...Array(10).fill(125)]);
  });

  test("means the same however it is cut into chunks", () => {
    const bytes = wav({ samples: SECOND.slice(0, 3_001 * 2), before: 26, after: 9 });
    const whole = read(bytes);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), (cuts) => {
        expect(read(bytes, cuts)).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  test("counts what came, not what the header promised", () => {
    expect(read(wav({ samples: SECOND, dataBytes: 64_000 }))).toMatchObject({ durationMs: 1000, isTruncated: true });
    expect(read(wav({ samples: SECOND, dataBytes: 0 }))).toMatchObject({ durationMs: 1000, isTruncated: false });
    expect(read(wav({ samples: SECOND, dataBytes: 0xffff_ffff }))).toMatchObject({
      durationMs: 1000,
      isTruncated: false,
    });
  });

  test("may be µ-law or A-law, whose silence is silent", () => {
    const silence = (code: number) => Array<number>(8_000).fill(code);
    const mulaw = read(wav({ samples: silence(0xff), channels: 1, tag: 7 }));
    const alaw = read(wav({ samples: silence(0xd5), channels: 1, tag: 6 }));
    expect(mulaw).toMatchObject({ encoding: "mulaw", durationMs: 1000 });
    expect(alaw).toMatchObject({ encoding: "alaw", durationMs: 1000 });
    expect(new Set(mulaw?.peaks.channels[0])).toEqual(new Set([0]));
    expect(new Set(alaw?.peaks.channels[0])).toEqual(new Set([0]));
    expect(read(wav({ samples: silence(0x80), channels: 1, tag: 7 }))?.peaks.channels[0]?.[0]).toBe(250);
    expect(read(wav({ samples: silence(0xaa), channels: 1, tag: 6 }))?.peaks.channels[0]?.[0]).toBe(252);
  });

  test("that is none is known as none", () => {
    expect(read(new TextEncoder().encode("<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>"))).toBeNull();
    expect(read(new Uint8Array(0))).toBeNull();
    expect(read(wav({ samples: [], tag: 85 }))).toBeNull();
    expect(read(new Uint8Array(200_000).fill(82))).toBeNull();
  });

  test("of no audio lasts no time", () => {
    expect(read(wav({ samples: [] }))).toMatchObject({ durationMs: 0 });
  });
});

test("peaks of a recording of any length stay small, by wider windows", () => {
  const meter = new PeakMeter(20, 1);
  const loud = new Int16Array(70_000).fill(1_280);
  loud[69_999] = 32_000;
  meter.push(loud);
  const { windowMs, channels } = meter.finish();
  expect(windowMs).toBe(100);
  expect(channels[0]?.length).toBe(35_000);
  expect(channels[0]?.[34_999]).toBe(250);
  expect(channels[0]?.[0]).toBe(10);
});
