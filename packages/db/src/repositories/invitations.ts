import type { InvitationRepository } from "@earwitness/core";
import type { WorkspaceId } from "@earwitness/shared";
import { and, desc, eq, isNull } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { invitations } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

export function invitationRepository(scope: Scope): InvitationRepository {
  const { db } = scope;
  const own = inWorkspace(scope, invitations.workspaceId);
  const isOpen = (workspaceId: WorkspaceId) =>
    and(eq(invitations.workspaceId, workspaceId), isNull(invitations.acceptedAt), isNull(invitations.revokedAt), own);
  return {
    async find(id) {
      return requireRow(
        await db
          .select()
          .from(invitations)
          .where(and(eq(invitations.id, id), own)),
        "The invitation",
      );
    },
    async byToken(tokenSha256) {
      const [invitation] = await db.select().from(invitations).where(eq(invitations.tokenSha256, tokenSha256));
      return invitation ?? null;
    },
    async openFor(workspaceId, email) {
      const [invitation] = await db
        .select()
        .from(invitations)
        .where(and(isOpen(workspaceId), eq(invitations.email, email)))
        .orderBy(desc(invitations.createdAt))
        .limit(1);
      return invitation ?? null;
    },
    countOpen(workspaceId) {
      return db.$count(invitations, isOpen(workspaceId));
    },
    async save(invitation) {
      await db
        .insert(invitations)
        .values(invitation)
        .onConflictDoUpdate({ target: invitations.id, set: invitation, ...(own && { setWhere: own }) });
    },
  };
}
