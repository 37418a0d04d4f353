import type { WorkspaceActor } from "@earwitness/core";
import { isId, type MemberView, type UserId } from "@earwitness/shared";
import { and, asc, eq, inArray, type SQL } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { apiKeys, memberships, numberMembers, users } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { avatarUrlOf } from "./avatar-url.ts";
import { instant } from "./call-summary.ts";

/** Everybody in the actor's workspace, by name. */
export function listMembers(scope: Scope, actor: WorkspaceActor): Promise<MemberView[]> {
  return memberViews(scope, actor, undefined);
}

/** Somebody of the actor's workspace. Throws `not_found`. */
export async function readMember(scope: Scope, actor: WorkspaceActor, userId: UserId): Promise<MemberView> {
  return requireRow(await memberViews(scope, actor, eq(memberships.userId, userId)), "The person");
}

async function memberViews(
  { db }: Scope,
  { workspaceId }: WorkspaceActor,
  which: SQL | undefined,
): Promise<MemberView[]> {
  const members = await db
    .select({ user: users, membership: memberships })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.workspaceId, workspaceId), which))
    .orderBy(asc(users.name), asc(users.email));
  const assigned = await db.select().from(numberMembers).where(eq(numberMembers.workspaceId, workspaceId));
  return members.map(({ user, membership }) => ({
    id: user.id,
    name: user.name,
    email: user.email,
    avatarUrl: avatarUrlOf(user),
    role: membership.role,
    phone: membership.phone,
    joinedAt: membership.createdAt.toISOString(),
    suspendedAt: instant(membership.suspendedAt),
    numberIds: assigned.filter(({ userId }) => userId === user.id).map(({ numberId }) => numberId),
    version: membership.version,
  }));
}

/** What those are called who did something, people and keys of the workspace, by their ids; others are left out. */
export async function namesOf(
  { db }: Scope,
  { workspaceId }: WorkspaceActor,
  ids: Iterable<string>,
): Promise<Map<string, string>> {
  const asked = [...new Set(ids)];
  const names = new Map<string, string>();
  const people = asked.filter((id): id is UserId => isId("user", id));
  if (people.length > 0) {
    const found = await db
      .select({ id: users.id, name: users.name, email: users.email })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(and(eq(memberships.workspaceId, workspaceId), inArray(users.id, people)));
    for (const { id, name, email } of found) names.set(id, name ?? email);
  }
  const keys = asked.filter((id) => isId("apiKey", id));
  if (keys.length > 0) {
    const found = await db
      .select({ id: apiKeys.id, name: apiKeys.name })
      .from(apiKeys)
      .where(and(eq(apiKeys.workspaceId, workspaceId), inArray(apiKeys.id, keys)));
    for (const { id, name } of found) names.set(id, name);
  }
  return names;
}
