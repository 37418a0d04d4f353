import { e164Of } from "../call/address.ts";
import type { CallFact } from "../call/fact.ts";
import type { Repositories } from "../ports/repositories/index.ts";
import type { CallHome } from "./begin-call.ts";

/**
 * Whose call a room's facts tell of: the workspace that they name, else the one that has the number which was called (the room
 * answers from KV, which may lag the record by seconds). null while nobody is known, or the workspace is no more.
 */
export async function findHome(
  tx: {
    readonly workspaces: Pick<Repositories["workspaces"], "exists">;
    readonly numbers: Pick<Repositories["numbers"], "byE164">;
  },
  started: Extract<CallFact, { type: "call.started" }>,
  facts: readonly CallFact[],
): Promise<CallHome | null> {
  const number = await tx.numbers.byE164(e164Of(started.direction === "inbound" ? started.to : started.from));
  const named = started.workspaceId ?? workspaceOfRouting(facts);
  if (named === null) return number === null ? null : { workspaceId: number.workspaceId, numberId: number.id };
  if (!(await tx.workspaces.exists(named))) return null;
  return { workspaceId: named, numberId: number?.workspaceId === named ? number.id : null };
}

function workspaceOfRouting(facts: readonly CallFact[]) {
  const routed = facts.findLast((fact) => fact.type === "call.routed" && fact.snapshot !== null);
  return routed?.type === "call.routed" ? (routed.snapshot?.workspaceId ?? null) : null;
}
