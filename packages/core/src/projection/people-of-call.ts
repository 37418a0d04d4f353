import { isId, type UserId } from "@earwitness/shared";
import type { CallFact } from "../call/fact.ts";
import type { Repositories } from "../ports/repositories/index.ts";
import type { CallRecord } from "./call-record.ts";

/**
 * The people of the workspace who by these facts had to do with the call, so that it is theirs to see: who placed it, who
 * steered it, and to whose phone it was put through. Who only listened in is none of them.
 */
export async function peopleOfCall(
  tx: Pick<Repositories, "members">,
  { workspaceId }: Pick<CallRecord, "workspaceId">,
  facts: readonly CallFact[],
): Promise<UserId[]> {
  const people = new Set<UserId>();
  const add = (actor: string | null) => {
    // A key is nobody.
    if (actor !== null && isId("user", actor)) people.add(actor);
  };
  for (const fact of facts) {
    if (fact.type === "call.started") add(fact.placedBy);
    if (fact.type === "call.steered" && fact.action !== "listen") add(fact.by);
    if (fact.type === "transfer.ended" && fact.result === "connected") {
      for (const userId of await tx.members.withPhone(workspaceId, fact.to)) people.add(userId);
    }
  }
  return [...people];
}
