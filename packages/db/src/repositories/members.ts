import type { MemberRepository, Membership } from "@earwitness/core";
import { notFound } from "@earwitness/shared";
import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { memberships, numberMembers, numbers, users } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

export function memberRepository(scope: Scope): MemberRepository {
  const { db } = scope;
  const own = inWorkspace(scope, memberships.workspaceId);
  const isOf = ({ workspaceId, userId }: Membership) =>
    and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId), own);
  const answersAs = ({ workspaceId, userId }: Membership) =>
    and(
      eq(numberMembers.workspaceId, workspaceId),
      eq(numberMembers.userId, userId),
      inWorkspace(scope, numberMembers.workspaceId),
    );
  const raised = { version: sql`${memberships.version} + 1` };
  const select = (which: SQL | undefined) =>
    db
      .select({
        workspaceId: memberships.workspaceId,
        userId: memberships.userId,
        email: users.email,
        name: users.name,
        role: memberships.role,
        suspendedAt: memberships.suspendedAt,
        version: memberships.version,
      })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(which);

  return {
    async find(member) {
      const [found] = await select(isOf(member));
      return found ?? null;
    },
    async byEmail(workspaceId, email) {
      const isTheirs = eq(sql`lower(${users.email})`, email.toLowerCase());
      const [found] = await select(and(eq(memberships.workspaceId, workspaceId), isTheirs, own));
      return found ?? null;
    },
    async withPhone(workspaceId, phone) {
      const found = await db
        .select({ userId: memberships.userId })
        .from(memberships)
        .where(
          and(
            eq(memberships.workspaceId, workspaceId),
            eq(memberships.phone, phone),
            isNull(memberships.suspendedAt),
            own,
          ),
        );
      return found.map(({ userId }) => userId);
    },
    withRole(workspaceId, role) {
      return select(and(eq(memberships.workspaceId, workspaceId), eq(memberships.role, role), own));
    },
    async change(member, changes) {
      await db
        .update(memberships)
        .set({ ...changes, ...raised })
        .where(isOf(member));
    },
    async remove(member) {
      await db.delete(numberMembers).where(answersAs(member));
      await db.delete(memberships).where(isOf(member));
    },
    async numbersOf(member) {
      const found = await db.select({ numberId: numberMembers.numberId }).from(numberMembers).where(answersAs(member));
      return found.map(({ numberId }) => numberId);
    },
    async setNumbers(member, numberIds) {
      const { workspaceId, userId } = member;
      await db.update(memberships).set(raised).where(isOf(member));
      await db.delete(numberMembers).where(answersAs(member));
      if (numberIds.length === 0) return;
      const found = await db
        .select({ numberId: numbers.id })
        .from(numbers)
        .where(
          and(
            inArray(numbers.id, [...numberIds]),
            eq(numbers.workspaceId, workspaceId),
            inWorkspace(scope, numbers.workspaceId),
          ),
        );
      if (found.length < new Set(numberIds).size) throw notFound("One of the numbers");
      await db.insert(numberMembers).values(found.map(({ numberId }) => ({ workspaceId, numberId, userId })));
    },
  };
}
