import type { CronName } from "@earwitness/shared";
import { CRON_CATALOGUE } from "./cron.ts";

/** One time may be left out while the one before still runs; two are no accident. */
const MISSED_TIMES = 2;

/**
 * Whether a work has missed its schedule twice. `since` is when it last began; where it never did, since when there have been runs of
 * any; null where there are none at all: then it is not due yet.
 */
export function isCronLate(name: CronName, since: Date | null, now: Date): boolean {
  return since !== null && now.getTime() - since.getTime() > MISSED_TIMES * CRON_CATALOGUE[name].everyMs;
}
