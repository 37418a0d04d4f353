import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { CHUNK_MS } from "../../src/call-room/media/sound-tail.ts";
import { announcementsOf, factsOf, factTypes, until } from "../call.ts";
import { frames, hangUpAt, heldFrames, liveEnded, openStream, savedUntil, streamedCall, told } from "./spoken-call.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** Lets R2 fail for a while from its first put on, as it fails when it is not there. The binding is the room's own: both run in one isolate. */
function refusePutsFor(ms: number): { readonly refused: number } {
  const prototype: R2Bucket = Object.getPrototypeOf(env.RECORDINGS);
  const { put } = prototype;
  let [refused, untilMs] = [0, Number.POSITIVE_INFINITY];
  vi.spyOn(prototype, "put").mockImplementation(function (this: R2Bucket, ...given: unknown[]) {
    if (refused === 0) untilMs = Date.now() + ms;
    if (Date.now() >= untilMs) return Reflect.apply(put, this, given);
    refused += 1;
    return Promise.reject(new Error("put: Internal error (10001)"));
  });
  return {
    get refused() {
      return refused;
    },
  };
}

describe("storage that refuses", () => {
  test("for ten seconds gets each piece of sound again until it takes it, and the call's live moment ends only then", async () => {
    const storage = refusePutsFor(10_000);
    const call = await streamedCall();
    const stream = await openStream(call, 1, 3000);
    stream.speakUntil(34_000);
    await savedUntil(call, 33_000);
    stream.close();
    await hangUpAt(call, 34_000);
    await until(
      async () => storage.refused,
      (refused) => refused > 0,
    );
    expect(await told(call, "audio.stored")).toEqual([]);
    expect(await factTypes(call.room)).not.toContain("live.ended");
    await liveEnded(call, 40_000);
    expect(storage.refused).toBeGreaterThan(2);
    const { right, wrong } = await heldFrames(call);
    expect(wrong).toEqual([]);
    expect(right).toEqual(frames(3000, 34_000));
    expect(await told(call, "audio.gap")).toEqual([]);
    expect((await factTypes(call.room)).at(-1)).toBe("live.ended");
  }, 60_000);
});

describe("facts about sound", () => {
  test("are announced together, some seconds' worth in a message", async () => {
    const call = await streamedCall();
    const stream = await openStream(call, 1, 3000);
    stream.speakUntil(3000 + 4 * CHUNK_MS);
    await until(
      () => told(call, "audio.stored"),
      (stored) => stored.length === 4,
    );
    const last = (await factsOf(call.room)).length;
    const announced = await until(
      () => announcementsOf(call.room),
      (all) => all.at(-1) === last,
    );
    const before = (await factTypes(call.room)).indexOf("audio.stored");
    expect(announced.filter((upTo) => upTo > before).length).toBeLessThanOrEqual(2);
    stream.close();
  }, 20_000);
});
