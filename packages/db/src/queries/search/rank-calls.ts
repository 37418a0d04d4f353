import type { CallId, UtteranceId } from "@earwitness/shared";
import type { CallsPosition } from "../calls.ts";
import type { FoundLine } from "./find-lines.ts";

/** A call with lines that answer, the best of them first. */
export interface RankedCall {
  readonly callId: CallId;
  readonly lines: readonly UtteranceId[];
}

/** Calls of one stretch of the list, ranked among each other, and where the next stretch begins; null at the end. */
export interface RankedStretch {
  readonly calls: readonly RankedCall[];
  readonly next: CallsPosition | null;
}

/**
 * Ranks the calls of a stretch, by the best line of each; of equals, the newer comes first. `lines` come newest first, one more than a
 * stretch has where there are more: then the call that may go on behind it begins the next stretch, unless it is the only one.
 */
export function rankCalls(lines: readonly FoundLine[], maxLines: number): RankedStretch {
  const beyond = lines[maxLines];
  const within = lines.slice(0, maxLines);
  const whole = within.filter(({ callId }) => callId !== beyond?.callId);
  const ranked = whole.length > 0 ? whole : within;
  const last = ranked.at(-1);
  return {
    calls: byCall(ranked)
      .toSorted((a, b) => b.best - a.best)
      .map(({ callId, lines }) => ({
        callId,
        lines: lines.toSorted((a, b) => b.rank - a.rank).map(({ utteranceId }) => utteranceId),
      })),
    next: beyond === undefined || last === undefined ? null : { startedAt: last.startedAt, id: last.callId },
  };
}

/** In the order of the lines; sorting later keeps it among equals. */
function byCall(lines: readonly FoundLine[]) {
  const calls = new Map<CallId, { callId: CallId; lines: FoundLine[]; best: number }>();
  for (const line of lines) {
    const call = calls.get(line.callId) ?? { callId: line.callId, lines: [], best: 0 };
    call.lines.push(line);
    call.best = Math.max(call.best, line.rank);
    calls.set(line.callId, call);
  }
  return [...calls.values()];
}
