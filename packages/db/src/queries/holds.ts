import type { WorkspaceActor } from "@earwitness/core";
import type { CallId, HoldId, HoldView } from "@earwitness/shared";
import { and, desc, eq, isNull, or, type SQL } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { calls, legalHolds } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";
import { instant } from "./call-summary.ts";
import { namesOf } from "./people.ts";

/** Nobody holds more by hand; who has as many holds the workspace. */
const MAX_HOLDS = 500;

/** The workspace's holds, the newest first: those on one call and on everything, or all. */
export function listHolds(
  scope: Scope,
  actor: WorkspaceActor,
  { callId, withReleased }: { callId?: CallId | undefined; withReleased: boolean },
): Promise<HoldView[]> {
  return holdViews(
    scope,
    actor,
    and(
      callId === undefined ? undefined : or(isNull(legalHolds.callId), eq(legalHolds.callId, callId)),
      withReleased ? undefined : isNull(legalHolds.releasedAt),
    ),
  );
}

/** One hold. Throws `not_found`. */
export async function readHold(scope: Scope, actor: WorkspaceActor, id: HoldId): Promise<HoldView> {
  return requireRow(await holdViews(scope, actor, eq(legalHolds.id, id)), "The hold");
}

async function holdViews(scope: Scope, actor: WorkspaceActor, which: SQL | undefined): Promise<HoldView[]> {
  const rows = await scope.db
    .select({ hold: legalHolds, direction: calls.direction, from: calls.fromAddress, to: calls.toAddress })
    .from(legalHolds)
    .leftJoin(calls, eq(calls.id, legalHolds.callId))
    .where(and(inWorkspace(scope, legalHolds.workspaceId), which))
    .orderBy(desc(legalHolds.placedAt), desc(legalHolds.id))
    .limit(MAX_HOLDS);
  const names = await namesOf(
    scope,
    actor,
    rows.map(({ hold }) => hold.placedBy),
  );
  return rows.map(({ hold, direction, from, to }) => ({
    id: hold.id,
    callId: hold.callId,
    callLabel: direction === "outbound" ? to : from,
    reason: hold.reason,
    placedBy: hold.placedBy,
    placedByName: names.get(hold.placedBy) ?? null,
    placedAt: hold.placedAt.toISOString(),
    releasedAt: instant(hold.releasedAt),
  }));
}
