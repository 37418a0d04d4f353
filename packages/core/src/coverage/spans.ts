/** A stretch of a call in ms since the answer; the end is not part of it. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** The carrier's frame, and the grain in which a call is accounted for. */
export const FRAME_MS = 20;

/** The spans as few as possible, in order, none touching another; what is empty or reversed is nothing. */
export function united(spans: Iterable<Span>): Span[] {
  const inOrder = [...spans].filter(({ startMs, endMs }) => endMs > startMs).sort((a, b) => a.startMs - b.startMs);
  const result: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of inOrder) {
    const last = result.at(-1);
    if (last !== undefined && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else result.push({ startMs, endMs });
  }
  return result;
}

/** What lies in both. Takes and gives united spans. */
export function common(a: readonly Span[], b: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [left, right] = [a[i], b[j]];
    if (left === undefined || right === undefined) break;
    const startMs = Math.max(left.startMs, right.startMs);
    const endMs = Math.min(left.endMs, right.endMs);
    if (endMs > startMs) result.push({ startMs, endMs });
    if (left.endMs < right.endMs) i++;
    else j++;
  }
  return result;
}

/** What of `a` is not in `b`. Takes and gives united spans. */
export function without(a: readonly Span[], b: readonly Span[]): Span[] {
  const result: Span[] = [];
  let next = 0;
  for (const { startMs, endMs } of a) {
    while ((b[next]?.endMs ?? Number.POSITIVE_INFINITY) <= startMs) next++;
    let fromMs = startMs;
    for (let i = next; (b[i]?.startMs ?? Number.POSITIVE_INFINITY) < endMs; i++) {
      const hole = b[i];
      if (hole === undefined) break;
      if (hole.startMs > fromMs) result.push({ startMs: fromMs, endMs: hole.startMs });
      fromMs = Math.max(fromMs, hole.endMs);
    }
    if (fromMs < endMs) result.push({ startMs: fromMs, endMs });
  }
  return result;
}

/** How long united spans are together. */
export function lengthMs(spans: readonly Span[]): number {
  return spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}

/** The span in whole frames, as the frames whose beginning lies in it. */
export function inFrames({ startMs, endMs }: Span): Span {
  return { startMs: frameAt(startMs), endMs: frameAt(endMs) };
}

function frameAt(ms: number): number {
  return Math.round(ms / FRAME_MS) * FRAME_MS;
}
