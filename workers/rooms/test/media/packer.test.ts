import { MULAW_SILENCE } from "@earwitness/core";
import { describe, expect, test } from "vitest";
import { PACK_MS, Packer } from "../../src/call-room/media/packer.ts";

const sound = (ms: number, byte: number, arrivedAtMs = ms, length = 160) => ({
  channel: "caller" as const,
  fromSample: ms * 8,
  samples: length,
  audio: new Uint8Array(length).fill(byte),
  arrivedAtMs,
});

describe("the packer", () => {
  test("makes a pack of five frames as soon as the fifth is there", () => {
    const packer = new Packer("caller");
    const packs = [0, 20, 40, 60].flatMap((ms) => packer.take(sound(ms, 0x80, ms + 7)));
    expect(packs).toEqual([]);
    const [pack] = packer.take(sound(80, 0x80, 93));
    expect(pack).toMatchObject({ channel: "caller", positionMs: 0, arrivedAtMs: 93 });
    expect(pack?.audio).toHaveLength(PACK_MS * 8);
    expect(pack?.peak).toBeGreaterThan(0.9);
    expect(packer.flush()).toEqual([]);
  });

  test("leaves silent what was lost, and makes no pack of nothing", () => {
    const packer = new Packer("agent");
    packer.take(sound(0, 1));
    const packs = packer.take(sound(320, 2));
    expect(packs).toHaveLength(1);
    expect(packs[0]?.audio.subarray(160).every((byte) => byte === MULAW_SILENCE)).toBe(true);
    expect(packer.flush()[0]).toMatchObject({ channel: "agent", positionMs: 300 });
  });

  test("cuts frames of any length at its own bounds", () => {
    const packer = new Packer("caller");
    const packs = [0, 99, 198, 297].flatMap((ms, i) => packer.take(sound(ms, i + 1, ms, 792)));
    expect(packs.map(({ positionMs }) => positionMs)).toEqual([0, 100, 200]);
    expect(packs[1]?.audio[98 * 8]).toBe(3);
    expect(packs[1]?.audio[98 * 8 - 1]).toBe(2);
  });
});
