import { expect, test } from "vitest";
import { decodeMulawByte, encodeMulaw, encodeMulawSample } from "../src/audio/mulaw.ts";
import { resample } from "../src/audio/resample.ts";
import { encodeWav, wavHeader } from "../src/audio/wav.ts";
import { UnreadableAudio, WavReader } from "../src/audio/wav-reader.ts";

test("µ-law follows G.711: known values, and every byte comes back as itself", () => {
  expect(encodeMulawSample(0)).toBe(0xff);
  expect(encodeMulawSample(32_767)).toBe(0x80);
  expect(encodeMulawSample(-32_768)).toBe(0x00);
  expect(decodeMulawByte(0x80)).toBe(32_124);
  expect(decodeMulawByte(0x00)).toBe(-32_124);
  for (let byte = 0; byte < 256; byte += 1) {
    // 0x7F is the other zero; it is written as 0xFF.
    expect(encodeMulawSample(decodeMulawByte(byte))).toBe(byte === 0x7f ? 0xff : byte);
  }
  expect([...encodeMulaw(Int16Array.of(0, 32_767, -32_768))]).toEqual([0xff, 0x80, 0x00]);
});

test("resampling keeps a tone's pitch and level and removes what telephone audio cannot hold", () => {
  const tone = (hz: number) => new Int16Array(22_050).map((_, i) => 10_000 * Math.sin((2 * Math.PI * hz * i) / 22_050));
  const kept = resample(tone(1000), 22_050, 8000);
  const crossings = kept.reduce(
    (count, sample, i) => count + (i > 0 && sample >= 0 && (kept[i - 1] ?? 0) < 0 ? 1 : 0),
    0,
  );
  expect(kept).toHaveLength(8000);
  expect(crossings).toBeGreaterThanOrEqual(998);
  expect(crossings).toBeLessThanOrEqual(1001);
  const loudest = (pcm: Int16Array) =>
    pcm.subarray(100, -100).reduce((max, sample) => Math.max(max, Math.abs(sample)), 0);
  expect(Math.abs(loudest(kept) - 10_000)).toBeLessThan(200);
  expect(loudest(resample(tone(6000), 22_050, 8000))).toBeLessThan(200);
});

test("a WAV file is read back to the sample, in pieces of any size", () => {
  const left = Int16Array.of(1, -2, 3, -32_768);
  const right = Int16Array.of(5, 6, 32_767, 8);
  const file = encodeWav([left, right], 8000);
  for (const size of [1, 3, 1000]) {
    const reader = new WavReader();
    const channels: number[][] = [[], []];
    for (let at = 0; at < file.length; at += size) {
      reader.push(file.subarray(at, at + size)).forEach((pcm, channel) => {
        channels[channel]?.push(...pcm);
      });
    }
    expect(reader.finish()).toEqual({ encoding: "pcm16", channels: 2, sampleHz: 8000 });
    expect(channels).toEqual([[...left], [...right]]);
  }
});

test("µ-law files, extra chunks and unknown lengths are read; a file cut short yields what it has", () => {
  const header = Buffer.from(wavHeader({ channels: 1, sampleHz: 8000, dataBytes: 0 }));
  const mulaw = Buffer.from(header);
  mulaw.writeUInt16LE(7, 20);
  mulaw.writeUInt16LE(8, 34);
  const extra = Buffer.from("LIST\x03\x00\x00\x00abc\x00", "latin1");
  const file = Buffer.concat([mulaw.subarray(0, 36), extra, mulaw.subarray(36), Buffer.of(0xff, 0x80)]);
  const reader = new WavReader();
  expect(reader.push(file)).toEqual([Int16Array.of(0, 32_124)]);
  expect(reader.finish().encoding).toBe("mulaw");

  const cut = encodeWav([Int16Array.of(1, 2, 3, 4)], 8000).subarray(0, -3);
  expect(new WavReader().push(cut)).toEqual([Int16Array.of(1, 2)]);
});

test("what is no WAV file says so", () => {
  expect(() => new WavReader().push(Buffer.from("<html>not found</html>"))).toThrow(UnreadableAudio);
  expect(() => new WavReader().finish()).toThrow(UnreadableAudio);
  const float = Buffer.from(encodeWav([Int16Array.of(1)], 8000));
  float.writeUInt16LE(3, 20);
  expect(() => new WavReader().push(float)).toThrow("WAV format 3 with 16 bits is not supported.");
});
