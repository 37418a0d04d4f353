import type { DeadGroupView } from "@earwitness/shared";
import { and, desc, eq, isNull, max, sql } from "drizzle-orm";
import { jobs } from "../../schema/index.ts";
import { inWorkspace, type Scope } from "../../scope.ts";

/** More kinds of trouble than this are told one after the other. */
const MAX_GROUPS = 50;

/**
 * The workspace's dead jobs that nobody has dismissed, those with the same kind and cause together, the newest trouble first. The message
 * is that of the newest.
 */
export async function readDeadGroups(scope: Scope): Promise<DeadGroupView[]> {
  const { db } = scope;
  const cause = sql<string>`coalesce(${jobs.lastError} ->> 'code', 'internal')`;
  const dead = db
    .select({
      id: jobs.id,
      kind: jobs.kind,
      code: cause.as("code"),
      message: sql<string>`coalesce(${jobs.lastError} ->> 'message', '')`.as("message"),
      finishedAt: jobs.finishedAt,
      count: sql<number>`count(*) over (partition by ${jobs.kind}, ${cause})`.mapWith(Number).as("count"),
      place:
        sql<number>`row_number() over (partition by ${jobs.kind}, ${cause} order by ${jobs.finishedAt} desc, ${jobs.id} desc)`
          .mapWith(Number)
          .as("place"),
    })
    .from(jobs)
    .where(and(inWorkspace(scope, jobs.workspaceId), eq(jobs.state, "dead"), isNull(jobs.dismissedAt)))
    .as("dead");
  const rows = await db.select().from(dead).where(eq(dead.place, 1)).orderBy(desc(dead.finishedAt)).limit(MAX_GROUPS);
  return rows.map(({ id, kind, code, message, finishedAt, count }) => ({
    kind,
    code,
    message,
    count,
    newestJobId: id,
    newestAt: (finishedAt ?? new Date(0)).toISOString(),
  }));
}

/** When a job of the workspace was last given up, dismissed since or not; null where none is known. */
export async function readLastDeadAt(scope: Scope): Promise<string | null> {
  const [row] = await scope.db
    .select({ at: max(jobs.finishedAt) })
    .from(jobs)
    .where(and(inWorkspace(scope, jobs.workspaceId), eq(jobs.state, "dead")));
  return row?.at?.toISOString() ?? null;
}
