/**
 * Calls that this tab has just placed and whose record has not been seen. It follows the placing by moments
 * (`api/queries.ts` waits for it).
 */
const placed = new Map<string, number>();
const FOLLOWS_WITHIN_MS = 15_000;

export function rememberPlaced(callId: string, now = Date.now()): void {
  placed.set(callId, now);
}

export function wasJustPlaced(callId: string, now = Date.now()): boolean {
  const at = placed.get(callId);
  return at !== undefined && now - at < FOLLOWS_WITHIN_MS;
}

/** The record has been seen. */
export function forgetPlaced(callId: string): void {
  placed.delete(callId);
}
