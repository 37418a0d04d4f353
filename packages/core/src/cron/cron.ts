import type { CronName } from "@earwitness/shared";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** When a scheduled work is due. */
export interface CronSchedule {
  /** In UTC, as the platform's triggers are told. */
  readonly schedule: string;
  /** From one time to the next, at most. */
  readonly everyMs: number;
}

const everyMinute: CronSchedule = { schedule: "* * * * *", everyMs: MINUTE_MS };
const everyFiveMinutes: CronSchedule = { schedule: "*/5 * * * *", everyMs: 5 * MINUTE_MS };
const everyHour: CronSchedule = { schedule: "0 * * * *", everyMs: HOUR_MS };
/** When few calls are on the line, in most of the places that have any; four times, for what a run leaves over. */
const everyNight: CronSchedule = { schedule: "10 3-6 * * *", everyMs: 21 * HOUR_MS };
const everyMorning: CronSchedule = { schedule: "0 7 * * *", everyMs: DAY_MS };

/** Every scheduled work with its schedule. The triggers of the jobs worker are these and no others. */
export const CRON_CATALOGUE: Readonly<Record<CronName, CronSchedule>> = {
  sweep: everyMinute,
  reconcile: everyFiveMinutes,
  uploads: everyFiveMinutes,
  expire: everyHour,
  usage: everyHour,
  audit_heads: everyHour,
  retention: everyNight,
  trash: everyNight,
  orphans: everyNight,
  checksums: everyNight,
  partitions: everyNight,
  // Of a week there is one, made on Monday, or when the next run is.
  digest: everyMorning,
};
