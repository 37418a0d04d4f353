import type { PeaksView } from "@earwitness/shared";

/** Below this part of the loudest sound, a moment counts as quiet. */
const QUIET = 0.04;
/** A recording whose loudest sample is under this (of 255) is not blown up to full height: it was quiet. */
const LEAST_LOUD = 40;

/** The two sides of the axis, as parts (0 to 1) of the call's loudest sound, one for each window. */
export interface Loudness {
  windowMs: number;
  durationMs: number;
  caller: readonly number[];
  agent: readonly number[];
}

/**
 * Splits a recording's peaks into the remote party's and ours, on one common scale, so that who was louder can be seen.
 * `callerChannel` counts from 1. A recording of a single channel has no sides: it is drawn above and below alike.
 */
export function loudnessOf({ peaks, windowMs, durationMs }: PeaksView, callerChannel: number | null): Loudness {
  const first = peaks[0] ?? [];
  const caller = peaks[(callerChannel ?? 1) - 1] ?? first;
  const agent = peaks.find((channel) => channel !== caller) ?? caller;
  const loudest = Math.max(LEAST_LOUD, maximum(caller), maximum(agent));
  const scale = (channel: readonly number[]) => channel.map((peak) => peak / loudest);
  return { windowMs, durationMs, caller: scale(caller), agent: scale(agent) };
}

/** The greatest level of each of `columns` equal parts of the recording. */
export function columnLevels(levels: readonly number[], { windowMs, durationMs }: Loudness, columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => {
    const first = Math.floor(((column / columns) * durationMs) / windowMs);
    const end = Math.max(first + 1, Math.floor((((column + 1) / columns) * durationMs) / windowMs));
    return maximum(levels.slice(first, end));
  });
}

export interface BarShape {
  /** Pixels from one bar to the next. */
  step: number;
  zero: number;
  /** The height of the loudest bar, in pixels. */
  reach: number;
  side: "above" | "below";
}

/** The `d` of one SVG path that draws all bars of a side. Quiet columns get none: silence is drawn as a line of its own. */
export function barsPath(levels: readonly number[], { step, zero, reach, side }: BarShape): string {
  const up = side === "above" ? -1 : 1;
  return levels
    .map((level, column) => {
      if (level < QUIET) return "";
      const x = column * step + step / 2;
      return `M${x} ${zero + up}v${(up * Math.max(1, level * reach)).toFixed(1)}`;
    })
    .join("");
}

export interface Span {
  startMs: number;
  endMs: number;
}

/** The stretches of at least `leastMs` in which neither side made a sound. */
export function findSilences({ caller, agent, windowMs, durationMs }: Loudness, leastMs: number): Span[] {
  const silences: Span[] = [];
  let startMs: number | null = 0;
  for (let i = 0; i * windowMs < durationMs; i++) {
    const quiet = (caller[i] ?? 0) < QUIET && (agent[i] ?? 0) < QUIET;
    if (quiet) startMs ??= i * windowMs;
    else if (startMs !== null) {
      if (i * windowMs - startMs >= leastMs) silences.push({ startMs, endMs: i * windowMs });
      startMs = null;
    }
  }
  if (startMs !== null && durationMs - startMs >= leastMs) silences.push({ startMs, endMs: durationMs });
  return silences;
}

/** Steps of the ruler that a person counts in, in seconds. */
const RULER_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600];
/** Labels closer than this run into each other, in pixels. */
const LABEL_WIDTH = 64;

/** Where the ruler's ticks stand, in milliseconds; every second one, `major`, carries its time. */
export function rulerTicks(durationMs: number, width: number): { atMs: number; major: boolean }[] {
  const fits = (step: number) => ((step * 1_000) / durationMs) * width >= LABEL_WIDTH;
  const step = (RULER_STEPS.find(fits) ?? 3_600) * 500;
  return Array.from({ length: Math.floor(durationMs / step) + 1 }, (_, i) => ({ atMs: i * step, major: i % 2 === 0 }));
}

/** `Math.max` over any length: spreading a three-hour recording into arguments would overflow the stack. */
function maximum(values: readonly number[]): number {
  return values.reduce((greatest, value) => Math.max(greatest, value), 0);
}
