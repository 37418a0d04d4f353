import type { WorkspaceActor } from "@earwitness/core";
import { isId, type MemberView, type UserId } from "@earwitness/shared";
import { and, asc, eq, inArray } from "drizzle-orm";
import { apiKeys, memberships, users } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

/** Everybody in the actor's workspace, by name. */
export async function listMembers({ db }: Scope, { workspaceId }: WorkspaceActor): Promise<MemberView[]> {
  return db
    .select({ id: users.id, name: users.name, email: users.email, role: memberships.role, phone: memberships.phone })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.workspaceId, workspaceId))
    .orderBy(asc(users.name), asc(users.email));
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
