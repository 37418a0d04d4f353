export { CRON_CATALOGUE, type CronSchedule } from "./cron.ts";
export { isCronLate } from "./is-cron-late.ts";
export { CRON_BROKEN_OFF_AFTER_MS, type CronResult, runCron } from "./run-cron.ts";
export { startCron } from "./start-cron.ts";
