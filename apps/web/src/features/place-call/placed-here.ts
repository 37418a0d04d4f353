/**
 * Calls that this tab has just placed. Their record follows their placing by moments, so that "not found" means "not yet"
 * for them (`api/queries.ts`).
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
