import type { WavHeader } from "../recording/wav-meter.ts";

/** A stretch of a recording in ms from its beginning, `toMs` not in it; Infinity where nobody knows how long it is. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface HandedOut {
  /** null for a file whose head is no WAV header that we read. */
  readonly header: WavHeader | null;
  readonly sizeBytes: number;
  readonly durationMs: number | null;
  /** The bytes that are handed out. */
  readonly offset: number;
  readonly length: number;
}

/**
 * Which stretch of a recording lies in a part of its file, rounded outward to whole ms: whoever has the bytes has heard this at
 * most. null where they hold no sample. Of a file that is no WAV file any part may hold anything: it is the whole then.
 */
export function stretchOfBytes({ header, sizeBytes, durationMs, offset, length }: HandedOut): Stretch | null {
  if (length === 0) return null;
  if (header === null) return { fromMs: 0, toMs: durationMs ?? Number.POSITIVE_INFINITY };
  const { dataOffset, dataBytes, channels, bytesPerSample, sampleRateHz } = header;
  const audioBytes = Math.min(dataBytes ?? sizeBytes, sizeBytes - dataOffset);
  const first = Math.max(0, offset - dataOffset);
  const end = Math.min(audioBytes, offset + length - dataOffset);
  if (end <= first) return null;
  const bytesPerSecond = channels * bytesPerSample * sampleRateHz;
  return { fromMs: Math.floor((first * 1000) / bytesPerSecond), toMs: Math.ceil((end * 1000) / bytesPerSecond) };
}

/** How far ahead somebody is written down who goes on where they were. */
const WRITTEN_AHEAD_MS = 60_000;

/**
 * What to log when `answer` is handed out to somebody who was `logged` with these stretches just now: null when it lies in them
 * already. Who goes on from one of them, as a player does that asks for a file piece by piece, is written down a minute ahead, up to
 * the recording's end: what is logged is never less than what was handed out, and a player makes an entry a minute, not a
 * hundred.
 */
export function stretchToLog(answer: Stretch, logged: readonly Stretch[], endMs: number): Stretch | null {
  if (liesIn(answer, logged)) return null;
  const goesOn = logged.some(({ fromMs, toMs }) => fromMs <= answer.fromMs && answer.fromMs <= toMs);
  if (!goesOn) return answer;
  return { fromMs: answer.fromMs, toMs: Math.max(answer.toMs, Math.min(endMs, answer.fromMs + WRITTEN_AHEAD_MS)) };
}

function liesIn(wanted: Stretch, stretches: readonly Stretch[]): boolean {
  let reachedMs = wanted.fromMs;
  for (const { fromMs, toMs } of stretches.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (fromMs > reachedMs) break;
    reachedMs = Math.max(reachedMs, toMs);
  }
  return reachedMs >= wanted.toMs;
}
