import { OUTBOX_ALARM_MS } from "./arm-outbox.ts";

/** A row whose time has come is not taken again at once: whoever has it in hand may need a moment. */
const SOONEST_MS = 1_000;

/**
 * When the outbox's alarm is to ring again after it rang at `nowMs`, null for not before it is armed: when the next row's time comes,
 * and for whoever armed it a moment ago and may have committed since.
 */
export function nextAlarmMs(at: { nowMs: number; nextDueMs: number | null; armedAtMs: number | null }): number | null {
  const { nowMs, nextDueMs, armedAtMs } = at;
  const wishes: number[] = [];
  if (nextDueMs !== null) wishes.push(nextDueMs);
  if (armedAtMs !== null && armedAtMs + OUTBOX_ALARM_MS > nowMs) wishes.push(armedAtMs + OUTBOX_ALARM_MS);
  return wishes.length === 0 ? null : Math.max(nowMs + SOONEST_MS, Math.min(...wishes));
}
