import { CRON_BROKEN_OFF_AFTER_MS, CRON_CATALOGUE, isCronLate } from "@earwitness/core";
import { CronName, type CronRunView, type CronView } from "@earwitness/shared";
import { desc, eq, min } from "drizzle-orm";
import { cronRuns } from "../../schema/index.ts";
import type { Scope } from "../../scope.ts";

type RunRow = typeof cronRuns.$inferSelect;

/** Every scheduled work with its last run, the most frequent first. One that is still told to run long after the platform ends such counts as failed. */
export async function readCrons(scope: Scope): Promise<CronView[]> {
  const now = scope.clock.now();
  const lastRuns = await readLastRuns(scope);
  const [first] = await scope.db.select({ at: min(cronRuns.startedAt) }).from(cronRuns);
  const names = CronName.options.toSorted((a, b) => CRON_CATALOGUE[a].everyMs - CRON_CATALOGUE[b].everyMs);
  return names.map((name) => {
    const last = lastRuns.find((run) => run.name === name);
    const since = last?.startedAt ?? first?.at ?? null;
    return {
      name,
      schedule: CRON_CATALOGUE[name].schedule,
      lastRun: last === undefined ? null : toRunView(last, now),
      isLate: isCronLate(name, since, now),
    };
  });
}

/** The last of each name, by the index: a sort of a month of runs would take all of them. */
async function readLastRuns({ db }: Scope): Promise<RunRow[]> {
  const ofName = (name: CronName) =>
    db.select().from(cronRuns).where(eq(cronRuns.name, name)).orderBy(desc(cronRuns.startedAt)).limit(1);
  const runs: RunRow[] = [];
  for (const name of CronName.options) runs.push(...(await ofName(name)));
  return runs;
}

function toRunView(run: RunRow, now: Date): CronRunView {
  const runsSinceMs = now.getTime() - run.startedAt.getTime();
  const isBrokenOff = run.state === "running" && runsSinceMs > CRON_BROKEN_OFF_AFTER_MS;
  return {
    id: run.id,
    startedAt: run.startedAt.toISOString(),
    durationMs: run.finishedAt === null ? null : Math.max(0, run.finishedAt.getTime() - run.startedAt.getTime()),
    state: isBrokenOff ? "failed" : run.state,
    result: run.result,
    error: isBrokenOff ? "It broke off: whoever ran it died. The next run goes on." : run.error,
    isByHand: run.requestedBy !== null,
  };
}
