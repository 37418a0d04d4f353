import type { UserActor } from "@earwitness/core";
import { listWorkspaceChoices, readMe } from "@earwitness/db";
import type { MeView } from "@earwitness/shared";
import type { Services } from "./services.ts";

/** Who is signed in. Their other workspaces are asked for outside this one, whose own scope sees none but itself. */
export async function meOf({ database }: Services, actor: UserActor): Promise<MeView> {
  const choices = await database.read({ kind: "visitor" }, (scope) => listWorkspaceChoices(scope, actor.userId));
  return database.read(actor, (scope) => readMe(scope, actor, choices));
}
