import { CRON_CATALOGUE } from "../cron/index.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../durations.ts";

/** When retention is due next, by its schedule: each day at a minute of some hours of UTC, from the first to the last. */
export function nextRetentionRun(now: Date): Date {
  const [minute = "", hours = ""] = CRON_CATALOGUE.retention.schedule.split(" ");
  const [first = 0, last = first] = hours.split("-").map(Number);
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const at = (day: number, hour: number) => day + hour * HOUR_MS + Number(minute) * MINUTE_MS;
  for (let hour = first; hour <= last; hour++) {
    if (at(today, hour) > now.getTime()) return new Date(at(today, hour));
  }
  return new Date(at(today + DAY_MS, first));
}
