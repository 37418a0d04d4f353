import type { GapReason } from "@earwitness/shared";
import { common, inFrames, lengthMs, type Span, united, without } from "./spans.ts";

/** What is known of where a call's sound is. Positions are ms since the answer, in any order, overlapping or beyond the end. */
export interface Evidence {
  /** How long the call was answered; so far, while it lasts. */
  readonly answeredMs: number;
  readonly recorded: readonly Span[];
  readonly live: readonly Span[];
  readonly paused: readonly Span[];
  readonly gaps: readonly (Span & { readonly reason: GapReason; readonly detail: string | null })[];
  /** Why a moment is missing of which nothing is known. */
  readonly otherwise: GapReason;
}

export interface Missing extends Span {
  readonly reason: GapReason;
  readonly detail: string | null;
}

/** Each frame of an answered call, counted once: the four of them add up to `answeredMs`. */
export interface Coverage {
  readonly answeredMs: number;
  readonly paused: readonly Span[];
  readonly recorded: readonly Span[];
  /** In the live chunks and in nothing else. */
  readonly liveOnly: readonly Span[];
  readonly missing: readonly Missing[];
}

/**
 * Accounts for each 20 ms frame of a call: paused on purpose, else in the carrier's recording, else in the live chunks, else
 * missing, with the reason. Nothing is counted twice, and nothing beyond the answered time counts at all.
 */
export function coverageOf(evidence: Evidence): Coverage {
  const whole = united([inFrames({ startMs: 0, endMs: evidence.answeredMs })]);
  const within = (spans: readonly Span[]) => common(whole, united(spans.map(inFrames)));
  const paused = within(evidence.paused);
  const recorded = without(within(evidence.recorded), paused);
  const liveOnly = without(without(within(evidence.live), paused), recorded);
  const kept = united([...paused, ...recorded, ...liveOnly]);
  return {
    answeredMs: lengthMs(whole),
    paused,
    recorded,
    liveOnly,
    missing: explained(without(whole, kept), evidence),
  };
}

/** Gives each missing span its reason: that of the first gap told that holds it, or of its place in the call. */
function explained(missing: readonly Span[], { gaps, recorded, live, otherwise }: Evidence): Missing[] {
  const told: Missing[] = [];
  let rest = missing;
  for (const { reason, detail, ...span } of gaps) {
    const here = common(rest, united([inFrames(span)]));
    told.push(...here.map((each) => ({ ...each, reason, detail })));
    rest = without(rest, here);
  }
  const begun = Math.min(...[...recorded, ...live].filter((s) => s.endMs > s.startMs).map((s) => inFrames(s).startMs));
  const beginning = Number.isFinite(begun) ? common(rest, united([{ startMs: 0, endMs: begun }])) : [];
  told.push(...beginning.map((each) => ({ ...each, reason: "before_recording" as const, detail: null })));
  told.push(...without(rest, beginning).map((each) => ({ ...each, reason: otherwise, detail: null })));
  return told.sort((a, b) => a.startMs - b.startMs);
}
