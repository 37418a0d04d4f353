import { describe, expect, it } from "vitest";
import { FRAME_BYTES, readStamps, type Stamp, stampedPayload } from "../src/media/stamped-frame.ts";

const stamps: Stamp[] = [
  { call: 199, round: 255, track: 1, chunk: 70_000, sentNs: 123_456_789_012_345n },
  { call: 0, round: 0, track: 0, chunk: 0, sentNs: 0n },
];

describe("a stamped frame", () => {
  it("is 20 ms of µ-law that say what they are, packed with others or alone", () => {
    const frames = stamps.map((stamp) => Buffer.from(stampedPayload(stamp), "base64"));
    expect(frames.map((frame) => frame.length)).toEqual([FRAME_BYTES, FRAME_BYTES]);
    expect(readStamps(Buffer.concat(frames))).toEqual(stamps);
  });

  it("is not found where audio was cut within it", () => {
    const [frame, next] = stamps.map((stamp) => Buffer.from(stampedPayload(stamp), "base64"));
    if (frame === undefined || next === undefined) throw new Error("There are two stamps");
    expect(readStamps(Buffer.concat([frame.subarray(80), next]))).toEqual([null]);
    expect(readStamps(Buffer.concat([Buffer.alloc(FRAME_BYTES), next]))).toEqual([null, stamps[1]]);
  });
});
