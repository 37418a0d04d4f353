import { describe, expect, test } from "vitest";
import { Mp3Meter } from "../../src/recording/mp3-meter.ts";
import { mp3 } from "../support/mp3.ts";

function read(bytes: Uint8Array, pieceBytes = bytes.length) {
  const meter = new Mp3Meter();
  for (let at = 0; at < bytes.length; at += pieceBytes) meter.push(bytes.subarray(at, at + pieceBytes));
  return meter.finish();
}

describe("an MP3 file", () => {
  test.each([
    ["MPEG 1, 44.1 kHz, stereo", { rate: 44_100, channels: 2 }, 1152],
    ["MPEG 1, 48 kHz, mono", { rate: 48_000, channels: 1 }, 1152],
    ["MPEG 2, 16 kHz, mono", { rate: 16_000, channels: 1 }, 576],
    ["MPEG 2.5, 8 kHz, stereo", { rate: 8_000, channels: 2 }, 576],
  ] as const)("of %s is as long as its frames", (_, shape, samples) => {
    const facts = read(mp3({ ...shape, frames: 500 }));
    const durationMs = Math.round((500 * samples * 1000) / shape.rate);
    expect(facts).toEqual({ channels: shape.channels, sampleRateHz: shape.rate, durationMs, isTruncated: false });
  });

  test.each([1, 2, 3, 7, 100, 4096])("reads the same in pieces of %i bytes", (pieceBytes) => {
    const file = mp3({ rate: 44_100, channels: 2, frames: 40, id3Bytes: 3_000, tail: 128 });
    expect(read(file, pieceBytes)).toEqual(read(file));
    expect(read(file)?.durationMs).toBe(Math.round((40 * 1152 * 1000) / 44_100));
  });

  test("does not count the frame in which its encoder tells of it", () => {
    const withNote = read(mp3({ rate: 44_100, channels: 2, frames: 40, note: "Info" }));
    expect(withNote?.durationMs).toBe(Math.round((39 * 1152 * 1000) / 44_100));
  });

  test("that is cut off is told to be, and its last frame counts for nothing", () => {
    const file = mp3({ rate: 44_100, channels: 2, frames: 40 });
    const durationMs = Math.round((39 * 1152 * 1000) / 44_100);
    expect(read(file.subarray(0, file.length - 1))).toMatchObject({ durationMs, isTruncated: true });
  });

  test.each([
    ["nothing", new Uint8Array(0)],
    ["a page of HTML", new TextEncoder().encode("<!doctype html><script>alert(1)</script>".repeat(500))],
    [
      "one frame, and something else",
      new Uint8Array([...mp3({ rate: 44_100, channels: 2, frames: 1 }), ...new Uint8Array(5_000).fill(7)]),
    ],
    ["something before the first frame", new Uint8Array([1, ...mp3({ rate: 44_100, channels: 2, frames: 40 })])],
    ["a WAV file", new TextEncoder().encode("RIFF....WAVEfmt ".repeat(200))],
    [
      "a little sound with much behind it",
      new Uint8Array([...mp3({ rate: 44_100, channels: 2, frames: 10 }), ...new Uint8Array(1_100_000)]),
    ],
  ])("is not %s", (_, bytes) => {
    expect(read(bytes)).toBeNull();
  });

  test("is not random bytes, however many", () => {
    let seed = 7;
    const bytes = Uint8Array.from({ length: 300_000 }, () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed >>> 24;
    });
    expect(read(bytes)).toBeNull();
    // Also when its beginning happens to look right.
    bytes.set(mp3({ rate: 44_100, channels: 2, frames: 1 }).subarray(0, 4));
    expect(read(bytes)).toBeNull();
  });
});
