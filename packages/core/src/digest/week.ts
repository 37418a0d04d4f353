import { DAY_MS } from "../durations.ts";

const WEEK_MS = 7 * DAY_MS;

/** A week from Monday to Monday, 00:00 UTC, by the date of its first day: `2026-11-16`. */
export interface Week {
  readonly name: string;
  readonly from: Date;
  readonly until: Date;
}

/** The last week that was over at `now`. */
export function weekBefore(now: Date): Week {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  // `getUTCDay` counts from Sunday.
  const sinceMonday = (now.getUTCDay() + 6) % 7;
  return weekOf(new Date(today - sinceMonday * DAY_MS - WEEK_MS));
}

/** The week of a name that was given by `weekBefore`. */
export function weekNamed(name: string): Week {
  return weekOf(new Date(`${name}T00:00:00Z`));
}

function weekOf(from: Date): Week {
  return { name: from.toISOString().slice(0, 10), from, until: new Date(from.getTime() + WEEK_MS) };
}
