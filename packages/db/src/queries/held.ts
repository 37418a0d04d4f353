import type { CallId, WorkspaceId } from "@earwitness/shared";
import { and, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import { calls, legalHolds } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

interface HeldCall {
  readonly id: CallId;
  readonly workspaceId: WorkspaceId;
}

/** The condition, in a statement about calls, that a call is held: by a hold on it or on its whole workspace that is not released. */
export function isHeld(scope: Pick<Scope, "db">): SQL<boolean> {
  return sql<boolean>`exists ${holdsOn(scope, calls)}`;
}

/** Whether one call is held. */
export async function readIsHeld(scope: Pick<Scope, "db">, call: HeldCall): Promise<boolean> {
  return (await holdsOn(scope, call).limit(1)).length > 0;
}

function holdsOn({ db }: Pick<Scope, "db">, call: HeldCall | typeof calls) {
  return db
    .select({ id: legalHolds.id })
    .from(legalHolds)
    .where(
      and(
        eq(legalHolds.workspaceId, call.workspaceId),
        or(isNull(legalHolds.callId), eq(legalHolds.callId, call.id)),
        isNull(legalHolds.releasedAt),
      ),
    );
}
