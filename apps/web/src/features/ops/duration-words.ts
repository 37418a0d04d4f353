import { seconds } from "../../format/time.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Work of a queue that waits for longer than this is late: each is due within seconds. */
const LATE_AFTER_MS = MINUTE_MS;

/** How long something has been waiting, in the two units that matter: `4.2 s`, `1 min 10 s`, `6 h 5 min`, `12 days`. */
export function waited(ms: number): string {
  if (ms < MINUTE_MS) return seconds(ms);
  if (ms < HOUR_MS) return pair(Math.floor(ms / MINUTE_MS), "min", Math.floor((ms % MINUTE_MS) / 1_000), "s");
  if (ms < DAY_MS) return pair(Math.floor(ms / HOUR_MS), "h", Math.floor((ms % HOUR_MS) / MINUTE_MS), "min");
  const days = Math.floor(ms / DAY_MS);
  return `${days}\u00a0${days === 1 ? "day" : "days"}`;
}

/** Whether a queue's oldest job waits for too long. */
export function isLateWait(ms: number): boolean {
  return ms > LATE_AFTER_MS;
}

function pair(more: number, unit: string, less: number, smaller: string): string {
  return less === 0 ? `${more}\u00a0${unit}` : `${more}\u00a0${unit} ${less}\u00a0${smaller}`;
}
