import type { TrashPosition, TrashRepository } from "@earwitness/core";
import { and, asc, eq, isNull, lt, not, type SQL, sql } from "drizzle-orm";
import { isHeld } from "../queries/held.ts";
import { calls } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

export function trashRepository(scope: Scope): TrashRepository {
  const { db, clock } = scope;
  const own = inWorkspace(scope, calls.workspaceId);
  return {
    async lock(id) {
      const [call] = await db
        .select({
          id: calls.id,
          workspaceId: calls.workspaceId,
          state: calls.state,
          startedAt: calls.startedAt,
          deletedAt: calls.deletedAt,
          purgedAt: calls.purgedAt,
        })
        .from(calls)
        .where(and(eq(calls.id, id), own))
        .for("update");
      return call ?? null;
    },
    async put(id, { at, by }) {
      await db
        .update(calls)
        .set({ deletedAt: at, deletedBy: by, updatedAt: clock.now() })
        .where(and(eq(calls.id, id), own));
    },
    async takeOut(id) {
      await db
        .update(calls)
        .set({ deletedAt: null, deletedBy: null, updatedAt: clock.now() })
        .where(and(eq(calls.id, id), own));
    },
    async due({ deletedBefore, after, limit }) {
      const rows = await db
        .select({ id: calls.id, deletedAt: calls.deletedAt })
        .from(calls)
        .where(
          and(
            lt(calls.deletedAt, deletedBefore),
            isNull(calls.purgedAt),
            not(isHeld(scope)),
            after === null ? undefined : past(after),
            own,
          ),
        )
        .orderBy(asc(calls.deletedAt), asc(calls.id))
        .limit(limit);
      return rows.flatMap(({ id, deletedAt }) => (deletedAt === null ? [] : { id, deletedAt }));
    },
  };
}

/** A row comparison, which walks the index from the place on. */
function past({ deletedAt, id }: TrashPosition): SQL {
  return sql`(${calls.deletedAt}, ${calls.id}) > (${deletedAt.toISOString()}::timestamptz, ${sql.param(id, calls.id)}::uuid)`;
}
