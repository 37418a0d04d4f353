import { mulawWavHeader, type Span, united, WAV_HEADER_BYTES, without } from "@earwitness/core";
import { gapsOf, type LostSpan } from "./lost-spans.ts";
import type { SoundPiece } from "./sound-tail.ts";

const CHANNELS = 2;

/** A chunk as it is stored, and what is to be told of it. */
export interface ChunkFile {
  readonly startMs: number;
  readonly endMs: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly held: readonly Span[];
  readonly gaps: readonly LostSpan[];
}

/** Makes a WAV file out of a chunk's pieces, which follow each other without holes; null for a chunk without sound. */
export function chunkFileOf(pieces: readonly SoundPiece[]): ChunkFile | null {
  const [first, last] = [pieces[0], pieces.at(-1)];
  const dataBytes = pieces.reduce((sum, { audio }) => sum + audio.length, 0);
  if (first === undefined || last === undefined || dataBytes === 0) return null;
  const bytes = new Uint8Array(WAV_HEADER_BYTES + dataBytes);
  bytes.set(mulawWavHeader(CHANNELS, dataBytes));
  let at = WAV_HEADER_BYTES;
  for (const { audio } of pieces) {
    bytes.set(audio, at);
    at += audio.length;
  }
  const [startMs, endMs] = [first.startMs, last.endMs];
  const gaps = gapsOf(pieces.flatMap(({ lost }) => lost));
  return { startMs, endMs, bytes, held: without([{ startMs, endMs }], united(gaps)), gaps };
}
