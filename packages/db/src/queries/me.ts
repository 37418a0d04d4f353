import type { UserActor } from "@earwitness/core";
import { type MeView, notFound } from "@earwitness/shared";
import { and, eq } from "drizzle-orm";
import { memberships, users, workspaces } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

/** Who is signed in, and where. */
export async function readMe({ db }: Scope, actor: UserActor): Promise<MeView> {
  const [me] = await db
    .select({ user: users, membership: memberships, workspace: workspaces })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .where(and(eq(memberships.userId, actor.userId), eq(memberships.workspaceId, actor.workspaceId)));
  if (me === undefined) throw notFound("The workspace");
  return {
    user: { id: me.user.id, email: me.user.email, name: me.user.name, phone: me.membership.phone },
    workspace: { id: me.workspace.id, name: me.workspace.name, createdAt: me.workspace.createdAt.toISOString() },
  };
}
