import { isAllowed, type WorkspaceActor } from "@earwitness/core";
import type { JobsViewer } from "@earwitness/db";

/** Which jobs an actor sees, and how much of them. */
export function jobsViewer(actor: WorkspaceActor): JobsViewer {
  if (isAllowed(actor, "ops:read")) return { sees: "all" };
  return { sees: "own", requester: actor.kind === "user" ? actor.userId : actor.keyId };
}
