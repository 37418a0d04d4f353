import type { DigestRepository } from "@earwitness/core";
import { and, asc, count, eq, gt, gte, inArray, isNull, lt, notExists, sql } from "drizzle-orm";
import { calls, jobs, mailUnsubscribes, memberships, users, workspaces } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function digestRepository({ db }: Scope): DigestRepository {
  return {
    async workspaces(after, limit, madeBefore) {
      const rows = await db
        .select({ id: workspaces.id })
        .from(workspaces)
        .where(and(lt(workspaces.createdAt, madeBefore), after === null ? undefined : gt(workspaces.id, after)))
        .orderBy(asc(workspaces.id))
        .limit(limit);
      return rows.map(({ id }) => id);
    },
    async figures(workspaceId, { from, until }) {
      const ofWeek = and(
        eq(calls.workspaceId, workspaceId),
        gte(calls.startedAt, from),
        lt(calls.startedAt, until),
        isNull(calls.deletedAt),
      );
      const countWhere = (condition: ReturnType<typeof sql>) =>
        sql<number>`(count(*) filter (where ${condition}))::int`;
      const [week] = await db
        .select({
          calls: count(),
          talkedMs: sql`coalesce(sum(${calls.durationMs}), 0)`.mapWith(Number),
          missed: countWhere(
            sql`${calls.direction} = 'inbound' and ${calls.state} = 'ended' and ${calls.answeredAt} is null`,
          ),
          recordingsMissing: countWhere(sql`${calls.recordingState} in ('failed', 'missing')`),
          transcriptsFailed: countWhere(sql`${calls.transcriptState} = 'failed'`),
        })
        .from(calls)
        .where(ofWeek);
      const [dead] = await db
        .select({ deadJobs: count() })
        .from(jobs)
        .where(and(eq(jobs.workspaceId, workspaceId), eq(jobs.state, "dead"), isNull(jobs.dismissedAt)));
      if (week === undefined || dead === undefined) throw new Error("A count has one row.");
      return { ...week, ...dead };
    },
    async recipients(workspaceId) {
      const address = sql<string>`lower(${users.email})`;
      const saidNo = db
        .select({ address: mailUnsubscribes.address })
        .from(mailUnsubscribes)
        .where(and(eq(mailUnsubscribes.address, address), eq(mailUnsubscribes.kind, "digest")));
      const rows = await db
        .select({ address })
        .from(memberships)
        .innerJoin(users, eq(users.id, memberships.userId))
        .where(
          and(
            eq(memberships.workspaceId, workspaceId),
            inArray(memberships.role, ["owner", "admin", "supervisor"]),
            isNull(memberships.suspendedAt),
            isNull(users.suspendedAt),
            notExists(saidNo),
          ),
        )
        .orderBy(asc(users.id));
      return rows.map((row) => row.address);
    },
  };
}
