import type { WorkspaceRepository } from "@earwitness/core";
import { eq } from "drizzle-orm";
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
    async addMember(member) {
      await db.insert(memberships).values(member).onConflictDoNothing();
    },
  };
}
