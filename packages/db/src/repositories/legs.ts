import type { LegRepository } from "@earwitness/core";
import { and, asc, eq, sql } from "drizzle-orm";
import { ofVisibleCalls } from "../queries/visible-calls.ts";
import { callLegs } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

/** The value that comes, or where it is null the one that is there. */
function merged(column: string) {
  return sql.raw(`coalesce(excluded.${column}, call_legs.${column})`);
}

export function legRepository(scope: Scope): LegRepository {
  const { db, newId } = scope;
  return {
    async save(leg) {
      await db
        .insert(callLegs)
        .values({ id: newId("leg"), ...leg })
        .onConflictDoUpdate({
          target: [callLegs.callId, callLegs.carrierLegId],
          set: {
            workspaceId: leg.workspaceId,
            carrierControlId: leg.carrierControlId,
            party: leg.party,
            address: leg.address,
            startedAt: leg.startedAt,
            answeredAt: merged("answered_at"),
            endedAt: merged("ended_at"),
            carrierCause: merged("carrier_cause"),
            sipCode: merged("sip_code"),
          },
        });
    },
    ofCall(callId) {
      return db
        .select()
        .from(callLegs)
        .where(and(eq(callLegs.callId, callId), ofVisibleCalls(scope, callLegs)))
        .orderBy(asc(callLegs.startedAt), asc(callLegs.carrierLegId));
    },
  };
}
