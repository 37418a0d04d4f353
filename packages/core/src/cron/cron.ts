import type { CronName } from "@earwitness/shared";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** When a scheduled work is due. */
export interface CronSchedule {
  /** In UTC, as the platform's triggers are told; days of the week by name, because their numbers differ between dialects. */
  readonly schedule: string;
  /** From one time to the next. */
  readonly everyMs: number;
}

const everyMinute: CronSchedule = { schedule: "* * * * *", everyMs: MINUTE_MS };
const everyFiveMinutes: CronSchedule = { schedule: "*/5 * * * *", everyMs: 5 * MINUTE_MS };
const everyHour: CronSchedule = { schedule: "0 * * * *", everyMs: HOUR_MS };
/** When few calls are on the line, in most of the places that have any. */
const everyNight: CronSchedule = { schedule: "10 3 * * *", everyMs: DAY_MS };
const everyMonday: CronSchedule = { schedule: "0 7 * * MON", everyMs: 7 * DAY_MS };

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
  digest: everyMonday,
};
