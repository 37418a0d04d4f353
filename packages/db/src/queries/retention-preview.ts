import { type RetentionRules, retentionCutoff, TRASH_DAYS, type WorkspaceActor } from "@earwitness/core";
import { RetentionKind, type RetentionPreview } from "@earwitness/shared";
import { and, count, eq, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import { calls, workspaces } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";
import { isHeld } from "./held.ts";
import { stillHas } from "./still-has.ts";

/** What the run at `runAt` would take away, by these rules or by the workspace's own. */
export async function previewRetention(
  scope: Scope,
  actor: WorkspaceActor,
  { runAt, rules }: { runAt: Date; rules: RetentionRules | null },
): Promise<RetentionPreview> {
  const applied = rules ?? (await ownRules(scope, actor));
  const kinds: RetentionPreview["kinds"] = [];
  for (const kind of RetentionKind.options) {
    const days = applied[kind];
    if (days === undefined) continue;
    const isDue = and(
      eq(calls.state, "ended"),
      isNull(calls.purgedAt),
      stillHas(kind),
      lt(calls.startedAt, retentionCutoff(runAt, days)),
    );
    kinds.push({ kind, days, ...(await counted(scope, isDue)) });
  }
  const isTrash = and(
    isNotNull(calls.deletedAt),
    lt(calls.deletedAt, retentionCutoff(runAt, TRASH_DAYS)),
    isNull(calls.purgedAt),
  );
  return { runAt: runAt.toISOString(), kinds, trash: await counted(scope, isTrash) };
}

async function ownRules({ db }: Scope, { workspaceId }: WorkspaceActor): Promise<RetentionRules> {
  const [workspace] = await db
    .select({ rules: workspaces.retention })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  return workspace?.rules ?? {};
}

async function counted(scope: Scope, which: SQL | undefined): Promise<{ due: number; held: number }> {
  const held = isHeld(scope);
  const [found] = await scope.db
    .select({
      due: count(sql`case when not ${held} then 1 end`),
      held: count(sql`case when ${held} then 1 end`),
    })
    .from(calls)
    .where(and(inWorkspace(scope, calls.workspaceId), which));
  return found ?? { due: 0, held: 0 };
}
