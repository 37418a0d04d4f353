import type { WorkspaceRepository } from "@earwitness/core";
import type { WorkspaceId } from "@earwitness/shared";
import { and, eq, sql } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { memberships, workspaces } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";
import { lockWorkspace } from "./lock-workspace.ts";

export function workspaceRepository(scope: Scope): WorkspaceRepository {
  const { db } = scope;
  const byId = (id: WorkspaceId) => and(eq(workspaces.id, id), inWorkspace(scope, workspaces.id));
  return {
    async add(workspace) {
      await db.insert(workspaces).values(workspace);
    },
    async exists(id) {
      const found = await db.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, id));
      return found.length > 0;
    },
    async noneYet() {
      const isAny = async () => (await db.select({ id: workspaces.id }).from(workspaces).limit(1)).length > 0;
      if (await isAny()) return false;
      // Conflicts with itself and with every write: whoever comes second waits, and then finds what the first has made.
      await db.execute(sql`lock table ${workspaces} in share row exclusive mode`);
      return !(await isAny());
    },
    async find(id) {
      return requireRow(await db.select().from(workspaces).where(byId(id)), "The workspace");
    },
    async lock(id) {
      requireRow(await lockWorkspace(scope, id), "The workspace");
    },
    async change(id, expectedVersion, { keyTerms, allowedOrigins, ...changes }) {
      const [changed] = await db
        .update(workspaces)
        .set({
          ...changes,
          ...(keyTerms && { keyTerms: [...keyTerms] }),
          ...(allowedOrigins && { allowedOrigins: [...allowedOrigins] }),
          version: expectedVersion + 1,
        })
        .where(and(byId(id), eq(workspaces.version, expectedVersion)))
        .returning();
      return changed ?? null;
    },
    async setPhone({ workspaceId, userId }, phone) {
      const ofMember = and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId));
      const [before] = await db.select({ phone: memberships.phone }).from(memberships).where(ofMember).for("update");
      await db.update(memberships).set({ phone }).where(ofMember);
      return before?.phone ?? null;
    },
    async addMember(member) {
      await db.insert(memberships).values(member).onConflictDoNothing();
    },
  };
}
