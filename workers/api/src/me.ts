import type { UserActor } from "@earwitness/core";
import { listWorkspaceChoices, readMe, readWantedMails } from "@earwitness/db";
import type { MeView } from "@earwitness/shared";
import type { Services } from "./services.ts";

/** Who is signed in. What is of no workspace or of others is asked for outside this one, whose own scope sees none but itself. */
export async function meOf({ database }: Services, actor: UserActor): Promise<MeView> {
  const outside = await database.read({ kind: "visitor" }, async (scope) => ({
    choices: await listWorkspaceChoices(scope, actor.userId),
    mails: await readWantedMails(scope, actor.userId),
  }));
  return database.read(actor, (scope) => readMe(scope, actor, outside));
}
