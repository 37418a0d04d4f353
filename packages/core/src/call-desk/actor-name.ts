import type { WorkspaceActor } from "../context.ts";

/** Who asked, as the call's log and record keep it: the id of the person or the key. */
export function actorName(actor: WorkspaceActor): string {
  return actor.kind === "user" ? actor.userId : actor.keyId;
}
