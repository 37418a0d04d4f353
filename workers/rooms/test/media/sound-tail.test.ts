import { MULAW_SILENCE } from "@earwitness/core";
import type { LiveChannel } from "@earwitness/shared";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chunkFileOf } from "../../src/call-room/media/chunk-file.ts";
import { CHUNK_MS, PIECE_MS, type SoundPiece, SoundTail } from "../../src/call-room/media/sound-tail.ts";

function tail() {
  const pieces: SoundPiece[] = [];
  const complete: number[] = [];
  const subject = new SoundTail(0, {
    save: (piece) => pieces.push({ ...piece, audio: piece.audio.slice() }),
    complete: (chunk) => complete.push(chunk),
  });
  const hear = (channel: LiveChannel, ms: number, audio: Uint8Array | null, samples = audio?.length ?? 160) =>
    subject.take({ channel, fromSample: ms * 8, samples, audio, arrivedAtMs: 0 });
  return { subject, pieces, complete, hear };
}

/** How long a frame may wait for others before it: five of its track. */
const LONGEST_ORDERING_MS = 100;

const frameOf = (byte: number) => new Uint8Array(160).fill(byte);

/** The byte of a channel at a moment, as it was saved; undefined where it was not. */
function byteAt(pieces: readonly SoundPiece[], channel: LiveChannel, ms: number): number | undefined {
  const piece = pieces.find(({ startMs, endMs }) => startMs <= ms && ms < endMs);
  return piece?.audio[(ms - piece.startMs) * 16 + (channel === "caller" ? 0 : 1)];
}

describe("the tail of a call's sound", () => {
  test("saves each frame in its place, whatever is lost and whichever track is ahead", () => {
    const line = fc.record({
      startMs: fc.integer({ min: 0, max: 100 }).map((n) => n * 20),
      frames: fc.integer({ min: 1, max: 300 }),
      lost: fc.uniqueArray(fc.integer({ min: 0, max: 600 }), { maxLength: 20 }),
      ahead: fc.integer({ min: 0, max: 14 }),
    });
    fc.assert(
      fc.property(line, ({ startMs, frames, lost, ahead }) => {
        const { subject, pieces, complete, hear } = tail();
        const put = (channel: LiveChannel, i: number) => {
          if (i < 0 || i >= frames) return;
          const isLost = lost.includes(2 * i + (channel === "caller" ? 0 : 1));
          hear(channel, startMs + i * 20, isLost ? null : frameOf(channel === "caller" ? i % 120 : 128 + (i % 120)));
        };
        for (let i = 0; i < frames + ahead; i += 1) {
          put("caller", i);
          put("agent", i - ahead);
        }
        subject.close();
        for (let i = 0; i < frames; i += 1) {
          const [caller, agent] = [2 * i, 2 * i + 1].map((each) => lost.includes(each));
          const ms = startMs + i * 20;
          expect(byteAt(pieces, "caller", ms)).toBe(caller ? MULAW_SILENCE : i % 120);
          expect(byteAt(pieces, "agent", ms + 19)).toBe(agent ? MULAW_SILENCE : 128 + (i % 120));
        }
        const file = chunkFileOf(pieces);
        expect(file).toMatchObject({ startMs, endMs: startMs + frames * 20 });
        // Each moment is held, or in a gap; both only where one channel lost what the other has.
        const gapMs = new Set(file?.gaps.flatMap((gap) => range(gap.startMs, gap.endMs)));
        const heldMs = new Set(file?.held.flatMap((span) => range(span.startMs, span.endMs)));
        for (let i = 0; i < frames; i += 1) {
          const ms = startMs + i * 20;
          const isLost = lost.includes(2 * i) || lost.includes(2 * i + 1);
          expect([gapMs.has(ms), heldMs.has(ms)]).toEqual([isLost, !isLost]);
        }
        expect(complete).toEqual([0]);
      }),
    );
  });

  test("has less than two seconds in memory alone, with those that are put in order, whichever track is ahead", () => {
    const line = fc.record({
      ahead: fc.integer({ min: 0, max: 14 }),
      silentFrom: fc.option(fc.integer({ min: 0, max: 300 }), { nil: 300 }),
    });
    fc.assert(
      fc.property(line, ({ ahead, silentFrom }) => {
        const { pieces, hear } = tail();
        for (let i = 0; i < 300; i += 1) {
          hear("caller", i * 20, frameOf(1));
          if (i >= ahead && i < silentFrom) hear("agent", (i - ahead) * 20, frameOf(2));
          const unsavedMs = (i + 1) * 20 - (pieces.at(-1)?.endMs ?? 0);
          expect(unsavedMs).toBeLessThan(PIECE_MS);
          expect(unsavedMs + LONGEST_ORDERING_MS).toBeLessThan(2000);
        }
      }),
    );
  });

  test("does not wait for a track that is silent", () => {
    const { pieces, hear } = tail();
    for (let i = 0; i < PIECE_MS / 20; i += 1) hear("caller", i * 20, frameOf(1));
    expect(pieces).toHaveLength(1);
    expect(pieces[0]?.lost).toEqual([]);
  });

  test("closes a chunk when it is full, and where the sound breaks off", () => {
    const { subject, pieces, complete, hear } = tail();
    for (let i = 0; complete.length === 0; i += 1) {
      hear("caller", i * 20, frameOf(1));
      hear("agent", i * 20, frameOf(2));
    }
    const lengthMs = pieces.at(-1)?.endMs ?? 0;
    expect(lengthMs).toBeLessThanOrEqual(CHUNK_MS);
    expect(lengthMs).toBeGreaterThan(CHUNK_MS - PIECE_MS);
    subject.close();
    expect(complete).toEqual([0, 1]);
    // Nothing has come since: there is no empty chunk.
    subject.close();
    expect(complete).toEqual([0, 1]);
    hear("caller", 60_000, frameOf(3));
    subject.close();
    expect(complete).toEqual([0, 1, 2]);
    expect(pieces.at(-1)).toMatchObject({ chunk: 2, startMs: 60_000, endMs: 60_020 });
  });

  test("tells each chunk what it lacks itself, where a gap lies across its end", () => {
    const { subject, pieces, complete, hear } = tail();
    for (let i = 0; complete.length === 0; i += 1) {
      hear("caller", i * 20, frameOf(1));
      hear("agent", i * 20, i * 20 < 20_000 ? frameOf(2) : null);
    }
    const endMs = pieces.at(-1)?.endMs ?? 0;
    hear("caller", endMs, frameOf(1));
    hear("agent", endMs, null);
    subject.close();
    const files = [0, 1].map((chunk) => chunkFileOf(pieces.filter((piece) => piece.chunk === chunk)));
    expect(files.map((file) => file?.gaps.map((gap) => [gap.startMs, gap.endMs]))).toEqual([
      [[20_000, endMs]],
      [[endMs, endMs + 20]],
    ]);
    expect(files.map((file) => file?.held)).toEqual([[{ startMs: 0, endMs: 20_000 }], []]);
  });

  test("says of what is lost on both channels that it is lost once", () => {
    const { subject, pieces, hear } = tail();
    for (const channel of ["caller", "agent"] as const) {
      hear(channel, 0, frameOf(1));
      hear(channel, 20, null);
      hear(channel, 40, frameOf(1));
    }
    hear("agent", 60, null, 50 * 160);
    subject.close();
    expect(chunkFileOf(pieces)?.gaps).toEqual([
      { channel: null, startMs: 20, endMs: 40, reason: "frame_lost", detail: null },
      { channel: "agent", startMs: 60, endMs: 1060, reason: "media_stalled", detail: null },
    ]);
  });
});

function range(startMs: number, endMs: number): number[] {
  return Array.from({ length: (endMs - startMs) / 20 }, (_, i) => startMs + i * 20);
}
