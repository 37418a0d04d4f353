import { notFound } from "@earwitness/shared";
import type { WorkspaceActor } from "../context.ts";
import type { UploadRecord } from "../ports/repositories/index.ts";

/** Lets those pass whose upload it is: the person who announced it, or any key of the workspace where a key did. */
export function requireOwn(actor: WorkspaceActor, { createdBy }: Pick<UploadRecord, "createdBy">): void {
  if (createdBy !== announcerOf(actor)) throw notFound("The upload");
}

/** As whose an upload of the actor's is kept; null for keys. */
export function announcerOf(actor: WorkspaceActor) {
  return actor.kind === "user" ? actor.userId : null;
}
