import { jobEntryOf, QueueName } from "@earwitness/core";
import type { QueueView } from "@earwitness/shared";
import { and, count, eq, gt, inArray, isNull, lte, min, or, sql } from "drizzle-orm";
import { jobs } from "../../schema/index.ts";
import type { Scope } from "../../scope.ts";

const FIVE_MINUTES_S = 300;
const HOUR_MS = 60 * 60_000;

/** Where jobs are counted whose kind only another version knows: they are on no queue of this one. */
const UNKNOWN = "unknown";

/** What each queue of jobs has to do, of every workspace that the actor sees: counts, and nothing of what they are about. */
export async function readQueues(scope: Scope): Promise<QueueView[]> {
  const now = scope.clock.now();
  const standing = await readStanding(scope, now);
  const done = await readDone(scope, now);
  const queueOf = (kind: string) => jobEntryOf(kind)?.queue ?? UNKNOWN;
  const isAnyUnknown = standing.some(({ kind }) => queueOf(kind) === UNKNOWN);
  return [...QueueName.options, ...(isAnyUnknown ? [UNKNOWN] : [])].map((name) => {
    const ofQueue = ({ kind }: { kind: string }) => queueOf(kind) === name;
    const sumOf = (state: string) => sum(standing.filter((row) => ofQueue(row) && row.state === state));
    const queued = standing.filter((row) => ofQueue(row) && row.state === "queued");
    const waiting = queued.reduce((total, { due }) => total + due, 0);
    const waitingSince = queued.flatMap(({ due, since }) => (due > 0 && since !== null ? since.getTime() : []));
    const oldest = waitingSince.length === 0 ? null : Math.min(...waitingSince);
    const doneByFiveMinutes = Array.from({ length: 12 }, (_, n) =>
      sum(done.filter((row) => ofQueue(row) && row.bucketsAgo === 11 - n)),
    );
    return {
      name,
      waiting,
      putOff: sum(queued) - waiting,
      oldestWaitMs: oldest === null ? null : Math.max(0, now.getTime() - oldest),
      running: sumOf("running"),
      dead: sumOf("dead"),
      doneLastHour: doneByFiveMinutes.reduce((total, each) => total + each, 0),
      doneByFiveMinutes,
    };
  });
}

/** Jobs that are queued, under way, or dead and not dismissed, by kind; of those that are `due`, and since when the oldest is. */
function readStanding({ db }: Scope, now: Date) {
  const isDue = lte(jobs.runAfter, now);
  return db
    .select({
      kind: jobs.kind,
      state: jobs.state,
      count: count(),
      due: sql<number>`(count(*) filter (where ${isDue}))::int`,
      since: min(jobs.runAfter),
    })
    .from(jobs)
    .where(or(inArray(jobs.state, ["queued", "running"]), and(eq(jobs.state, "dead"), isNull(jobs.dismissedAt))))
    .groupBy(jobs.kind, jobs.state);
}

function readDone({ db }: Scope, now: Date) {
  const bucketsAgo = sql<number>`floor(extract(epoch from ${now.toISOString()}::timestamptz - ${jobs.finishedAt}) / ${FIVE_MINUTES_S})::int`;
  return db
    .select({ kind: jobs.kind, bucketsAgo, count: count() })
    .from(jobs)
    .where(
      and(eq(jobs.state, "done"), gt(jobs.finishedAt, new Date(now.getTime() - HOUR_MS)), lte(jobs.finishedAt, now)),
    )
    .groupBy(jobs.kind, sql`2`);
}

function sum(rows: readonly { count: number }[]): number {
  return rows.reduce((total, row) => total + row.count, 0);
}
