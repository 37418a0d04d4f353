import { allowedTo, type UserActor } from "@earwitness/core";
import type { MeView, UserId, WorkspaceChoice } from "@earwitness/shared";
import { and, asc, eq, isNull } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { accounts, memberships, users, workspaces } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { avatarUrlOf } from "./avatar-url.ts";

/** Who is signed in, where, and what they may there; with what of them this workspace's scope does not see. */
export async function readMe(
  { db }: Scope,
  actor: UserActor,
  {
    choices,
    mails,
  }: {
    /** All the workspaces that they belong to. */
    readonly choices: readonly Omit<WorkspaceChoice, "isCurrent">[];
    readonly mails: MeView["user"]["mails"];
  },
): Promise<MeView> {
  const me = requireRow(
    await db
      .select({ user: users, membership: memberships, workspace: workspaces })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
      .where(and(eq(memberships.userId, actor.userId), eq(memberships.workspaceId, actor.workspaceId))),
    "The workspace",
  );
  const linked = await db.select().from(accounts).where(eq(accounts.userId, actor.userId));
  return {
    user: {
      id: me.user.id,
      email: me.user.email,
      name: me.user.name,
      phone: me.membership.phone,
      mails,
      avatarUrl: avatarUrlOf(me.user),
      accounts: linked.map(({ provider, createdAt }) => ({ provider, linkedAt: createdAt.toISOString() })),
    },
    workspace: { id: me.workspace.id, name: me.workspace.name, createdAt: me.workspace.createdAt.toISOString() },
    role: actor.role,
    may: allowedTo(actor),
    workspaces: choices.map((choice) => ({ ...choice, isCurrent: choice.id === actor.workspaceId })),
    sessionId: actor.sessionId,
  };
}

/** Where a person works, oldest membership first. Asked as a visitor: a workspace's own scope sees one of them. */
export function listWorkspaceChoices({ db }: Scope, userId: UserId): Promise<Omit<WorkspaceChoice, "isCurrent">[]> {
  return db
    .select({ id: workspaces.id, name: workspaces.name, role: memberships.role })
    .from(memberships)
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .where(and(eq(memberships.userId, userId), isNull(memberships.suspendedAt)))
    .orderBy(asc(memberships.createdAt), asc(workspaces.id));
}
