import { describe, expect, it } from "vitest";
import { FRAME_BYTES, readStamps, type Stamp, stampedPayload } from "../src/media/stamped-frame.ts";

const stamps: Stamp[] = [
  { call: 199, track: 1, chunk: 70_000, sentNs: 123_456_789_012_345n },
  { call: 0, track: 0, chunk: 0, sentNs: 0n },
];

describe("a stamped frame", () => {
  it("is 20 ms of µ-law that say what they are, packed with others or alone", () => {
    const frames = stamps.map((stamp) => Buffer.from(stampedPayload(stamp), "base64"));
    expect(frames.map((frame) => frame.length)).toEqual([FRAME_BYTES, FRAME_BYTES]);
    expect(readStamps(Buffer.concat(frames))).toEqual(stamps);
  });

  it("is missed when audio was cut within it", () => {
    const frame = Buffer.from(stampedPayload(stamps[0] ?? fail()), "base64");
    expect(() => readStamps(Buffer.concat([frame.subarray(80), frame]))).toThrow("no stamp at byte 0");
  });
});

function fail(): never {
  throw new Error("There is no stamp");
}
