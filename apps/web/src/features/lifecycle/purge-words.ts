import type { PurgeView } from "@earwitness/shared";
import { dayOf } from "../../format/time.ts";

const WHAT: Record<PurgeView["kind"], string> = {
  recordings: "The sound was",
  transcripts: "The words were",
  calls: "Everything of it was",
};

/** When and by which rule something of a call was taken away for good, as a sentence. */
export function purgeWords(kind: PurgeView["kind"], purges: readonly PurgeView[]): string {
  const purge = purges.find((each) => each.kind === kind) ?? purges.find((each) => each.kind === "calls");
  if (purge === undefined) return `${WHAT[kind]} taken away for good.`;
  const rule = purge.days === null ? "when its time in the trash was over" : `by the rule of ${daysWords(purge.days)}`;
  return `${WHAT[kind]} purged on ${dayOf(purge.at)}, ${rule}.`;
}

/** `1 day`, `30 days`. */
function daysWords(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}
