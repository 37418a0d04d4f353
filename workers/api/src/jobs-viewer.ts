import { isAllowed, type SystemActor, type WorkspaceActor } from "@earwitness/core";
import type { JobsViewer } from "@earwitness/db";

/** As whom is asked for what is of the whole deployment, and for dead jobs of no workspace. */
export const OPS: SystemActor = { kind: "system", reason: "ops" };

/** Which jobs an actor sees, and how much of them. */
export function jobsViewer(actor: WorkspaceActor): JobsViewer {
  if (isAllowed(actor, "ops:read")) return { sees: "all" };
  return { sees: "own", requester: actor.kind === "user" ? actor.userId : actor.keyId };
}
