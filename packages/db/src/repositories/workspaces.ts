import type { WorkspaceRepository } from "@earwitness/core";
import { and, eq } from "drizzle-orm";
import { memberships, workspaces } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function workspaceRepository({ db }: Scope): WorkspaceRepository {
  return {
    async add(workspace) {
      await db.insert(workspaces).values(workspace);
    },
    async exists(id) {
      const found = await db.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, id));
      return found.length > 0;
    },
    async setPhone({ workspaceId, userId }, phone) {
      await db
        .update(memberships)
        .set({ phone })
        .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId)));
    },
    async addMember(member) {
      await db.insert(memberships).values(member).onConflictDoNothing();
    },
  };
}
