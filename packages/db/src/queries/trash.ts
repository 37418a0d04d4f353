import { purgeDueAt, type WorkspaceActor } from "@earwitness/core";
import type { TrashedCall } from "@earwitness/shared";
import { and, desc, isNotNull, isNull, sql } from "drizzle-orm";
import { calls } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";
import { callSummaryColumns, toCallSummary } from "./call-summary.ts";
import type { CallsPosition } from "./calls.ts";
import { isHeld } from "./held.ts";
import { namesOf } from "./people.ts";

/** A place in the trash: what was put there last comes first. */
export interface TrashPosition extends Pick<CallsPosition, "id"> {
  readonly deletedAt: Date;
}

/** One page of what lies in the workspace's trash, after `after`; `next` is where the following page begins, null at the end. */
export async function listTrash(
  scope: Scope,
  actor: WorkspaceActor,
  { after, limit }: { after: TrashPosition | null; limit: number },
): Promise<{ calls: TrashedCall[]; next: TrashPosition | null }> {
  const rows = await scope.db
    .select({
      ...callSummaryColumns,
      deletedAt: sql`${calls.deletedAt}`.mapWith(calls.deletedAt),
      deletedBy: calls.deletedBy,
      isHeld: isHeld(scope),
    })
    .from(calls)
    .where(
      and(
        inWorkspace(scope, calls.workspaceId),
        isNotNull(calls.deletedAt),
        isNull(calls.purgedAt),
        after === null ? undefined : below(after),
      ),
    )
    .orderBy(desc(calls.deletedAt), desc(calls.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const names = await namesOf(
    scope,
    actor,
    page.flatMap(({ deletedBy }) => deletedBy ?? []),
  );
  const last = page.at(-1);
  return {
    calls: page.map(({ deletedAt, deletedBy, isHeld: held, ...call }) => ({
      ...toCallSummary(call),
      deletedAt: deletedAt.toISOString(),
      deletedBy,
      deletedByName: names.get(deletedBy ?? "") ?? null,
      purgeAt: purgeDueAt(deletedAt).toISOString(),
      isHeld: held,
    })),
    next: rows.length > limit && last !== undefined ? { deletedAt: last.deletedAt, id: last.id } : null,
  };
}

function below({ deletedAt, id }: TrashPosition) {
  return sql`(${calls.deletedAt}, ${calls.id}) < (${deletedAt.toISOString()}::timestamptz, ${sql.param(id, calls.id)}::uuid)`;
}
