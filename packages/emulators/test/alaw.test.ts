import { expect, test } from "vitest";
import { ALAW_SILENCE, decodeAlawByte, encodeAlaw, encodeAlawSample } from "../src/audio/alaw.ts";

test("A-law is what ITU-T G.711 says, with silence as 0xD5", () => {
  // Values of a reference implementation (Python's audioop).
  const known = [
    [0, 0xd5],
    [-1, 0x55],
    [15, 0xd5],
    [16, 0xd4],
    [255, 0xda],
    [256, 0xc5],
    [-256, 0x5a],
    [1000, 0xfa],
    [32_767, 0xaa],
    [-32_768, 0x2a],
  ] as const;
  for (const [sample, byte] of known) expect(encodeAlawSample(sample)).toBe(byte);
  expect([...encodeAlaw(Int16Array.from(known.map(([sample]) => sample)))]).toEqual(known.map(([, byte]) => byte));
  expect(encodeAlawSample(0)).toBe(ALAW_SILENCE);
});

test("every byte survives being decoded and encoded again", () => {
  for (let byte = 0; byte < 256; byte += 1) expect(encodeAlawSample(decodeAlawByte(byte))).toBe(byte);
});
