import { DAY_MS } from "../durations.ts";

/** How long a call lies in the trash, so that a mistake is found while it can be undone. */
export const TRASH_DAYS = 30;

/** When a call that was put into the trash is purged, at the next run of the schedule. */
export function purgeDueAt(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + TRASH_DAYS * DAY_MS);
}
