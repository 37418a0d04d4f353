import type { DeadGroupView } from "@earwitness/shared";
import { and, desc, eq, isNull, max, sql } from "drizzle-orm";
import { jobs } from "../../schema/index.ts";
import { inWorkspaceOrNone, type Scope } from "../../scope.ts";
import { UNTOLD_FAILURE } from "../jobs.ts";

/** More kinds of trouble than this are told one after the other. */
const MAX_GROUPS = 50;

/**
 * The workspace's dead jobs that nobody has dismissed, those with the same kind and cause together, the newest trouble first. The message
 * is that of the newest. Asked as the system: those of no workspace, without their messages.
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
    .where(and(inWorkspaceOrNone(scope, jobs.workspaceId), eq(jobs.state, "dead"), isNull(jobs.dismissedAt)))
    .as("dead");
  const rows = await db.select().from(dead).where(eq(dead.place, 1)).orderBy(desc(dead.finishedAt)).limit(MAX_GROUPS);
  return rows.map(({ id, kind, code, message, finishedAt, count }) => ({
    kind,
    code,
    message: scope.actor.kind === "system" ? UNTOLD_FAILURE : message,
    count,
    newestJobId: id,
    newestAt: (finishedAt ?? new Date(0)).toISOString(),
  }));
}

/** The workspace's groups with those of no workspace, the same kind and cause as one: that says what the workspace's own says. */
export function mergeDeadGroups(own: readonly DeadGroupView[], nobodys: readonly DeadGroupView[]): DeadGroupView[] {
  const keyOf = ({ kind, code }: DeadGroupView) => `${kind}/${code}`;
  const groups = new Map(own.map((group) => [keyOf(group), group]));
  for (const group of nobodys) {
    const same = groups.get(keyOf(group));
    if (same === undefined) groups.set(keyOf(group), group);
    else {
      const newest = same.newestAt < group.newestAt ? group : same;
      groups.set(keyOf(group), { ...newest, message: same.message, count: same.count + group.count });
    }
  }
  return [...groups.values()].toSorted((a, b) => (a.newestAt < b.newestAt ? 1 : -1));
}

/** When a job of the workspace, or, asked as the system, of none, was last given up, dismissed since or not; null where none is known. */
export async function readLastDeadAt(scope: Scope): Promise<string | null> {
  const [row] = await scope.db
    .select({ at: max(jobs.finishedAt) })
    .from(jobs)
    .where(and(inWorkspaceOrNone(scope, jobs.workspaceId), eq(jobs.state, "dead")));
  return row?.at?.toISOString() ?? null;
}
