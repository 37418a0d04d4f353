import type { OpsView } from "@earwitness/shared";
import { counted } from "../../format/size.ts";

/** How many dead letters there are: jobs and messages that were given up. */
export function deadCount({ deadGroups, deadMessages }: Pick<OpsView, "deadGroups" | "deadMessages">): number {
  return [...deadGroups, ...deadMessages].reduce((sum, { count }) => sum + count, 0);
}

/** How many scheduled works have missed their time, or failed when they last ran. */
export function lateCount({ crons }: Pick<OpsView, "crons">): number {
  return crons.filter(({ isLate, lastRun }) => isLate || lastRun?.state === "failed").length;
}

/** What needs a hand, in a line: `2 dead letters, 1 cron late`; null where nothing does. */
export function needsWords(ops: Pick<OpsView, "deadGroups" | "deadMessages" | "crons">): string | null {
  const dead = deadCount(ops);
  const late = ops.crons.filter(({ isLate }) => isLate).length;
  const failed = lateCount(ops) - late;
  const needs = [
    ...(dead > 0 ? [counted(dead, "dead letter")] : []),
    ...(late > 0 ? [`${counted(late, "cron")} late`] : []),
    ...(failed > 0 ? [`${counted(failed, "cron")} failed`] : []),
  ];
  return needs.length === 0 ? null : needs.join(", ");
}
