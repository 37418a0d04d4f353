import { CRON_CATALOGUE } from "../cron/index.ts";

/** When retention is due next, by its schedule: once a day, at a minute and hour of UTC. */
export function nextRetentionRun(now: Date): Date {
  const { schedule, everyMs } = CRON_CATALOGUE.retention;
  const [minute, hour] = schedule.split(" ").map(Number);
  const next = new Date(now);
  next.setUTCHours(hour ?? 0, minute ?? 0, 0, 0);
  return next > now ? next : new Date(next.getTime() + everyMs);
}
