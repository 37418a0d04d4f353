import { invitationState, requireWaiting, sha256Hex, unknownInvitation } from "@earwitness/core";
import type { InvitationId, InvitationPreview, InvitationView } from "@earwitness/shared";
import { and, desc, eq, type SQL } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { invitations, users, workspaces } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

/** More than any workspace waits for; older ones are history, which the audit log tells. */
const MOST_INVITATIONS = 200;

/** The workspace's invitations, newest first, with those that are over. */
export function listInvitations(scope: Scope): Promise<InvitationView[]> {
  return views(scope, undefined);
}

/** One invitation. Throws `not_found`. */
export async function readInvitation(scope: Scope, id: InvitationId): Promise<InvitationView> {
  return requireRow(await views(scope, eq(invitations.id, id)), "The invitation");
}

/**
 * What an invitation says to whoever holds its token, whom nobody knows yet. Throws `not_found` for an unknown token, and
 * `unprocessable` for an invitation that waits no more.
 */
export async function previewInvitation({ db, clock }: Scope, token: string): Promise<InvitationPreview> {
  const [found] = await db
    .select({ invitation: invitations, workspaceName: workspaces.name, inviter: users })
    .from(invitations)
    .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(eq(invitations.tokenSha256, await sha256Hex(token)));
  if (found === undefined) throw unknownInvitation();
  const { invitation, workspaceName, inviter } = found;
  requireWaiting(invitation, clock.now());
  return {
    workspaceName,
    role: invitation.role,
    email: invitation.email,
    invitedBy: inviter && (inviter.name ?? inviter.email),
    expiresAt: invitation.expiresAt.toISOString(),
  };
}

async function views(scope: Scope, which: SQL | undefined): Promise<InvitationView[]> {
  const rows = await scope.db
    .select({ invitation: invitations, inviter: users })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(and(which, inWorkspace(scope, invitations.workspaceId)))
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(MOST_INVITATIONS);
  return rows.map(({ invitation, inviter }) => ({
    id: invitation.id,
    email: invitation.email,
    role: invitation.role,
    invitedBy: inviter && (inviter.name ?? inviter.email),
    createdAt: invitation.createdAt.toISOString(),
    expiresAt: invitation.expiresAt.toISOString(),
    state: invitationState(invitation, scope.clock.now()),
  }));
}
