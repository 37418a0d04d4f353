import type { UserRepository } from "@earwitness/core";
import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import { invitations, memberships, users, workspaces } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

/** People, of no workspace in particular: asked about before it is known who asks. */
export function userRepository({ db }: Scope): UserRepository {
  return {
    async find(id) {
      const [user] = await db.select().from(users).where(eq(users.id, id));
      return user ?? null;
    },
    async byEmail(email) {
      const [user] = await db.select().from(users).where(eq(users.email, email));
      return user ?? null;
    },
    async add(user) {
      await db.insert(users).values(user);
    },
    async markVerified(id, at) {
      await db.update(users).set({ emailVerifiedAt: at }).where(eq(users.id, id));
    },
    async lock(id) {
      await db.select({ id: users.id }).from(users).where(eq(users.id, id)).for("update");
    },
    async memberships(id) {
      const found = await db
        .select({
          workspaceId: memberships.workspaceId,
          role: memberships.role,
          agentsSeeAllCalls: workspaces.agentsSeeAllCalls,
        })
        .from(memberships)
        .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
        .where(and(eq(memberships.userId, id), isNull(memberships.suspendedAt)))
        .orderBy(asc(memberships.createdAt), asc(memberships.workspaceId));
      return found.map(({ workspaceId, role, agentsSeeAllCalls }) => ({
        workspaceId,
        role,
        sees: role === "agent" && !agentsSeeAllCalls ? "own" : "all",
      }));
    },
    async isInvited(email, now) {
      const isWaiting = and(
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now),
      );
      const found = await db
        .select({ id: invitations.id })
        .from(invitations)
        .where(and(eq(sql`lower(${invitations.email})`, email.toLowerCase()), isWaiting))
        .limit(1);
      return found.length > 0;
    },
  };
}
