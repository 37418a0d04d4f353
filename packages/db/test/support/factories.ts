import type { Context, UserActor } from "@earwitness/core";
import { newId, type Role, type WorkspaceId } from "@earwitness/shared";
import type { Database } from "../../src/index.ts";
import type { TestRecord } from "./use-database.ts";

export const system = { kind: "system", reason: "test" } as const;

export function userOf(workspaceId: WorkspaceId) {
  return {
    kind: "user",
    userId: newId("user"),
    workspaceId,
    role: "owner",
    sees: "all",
    sessionId: newId("session"),
  } as const;
}

export async function aWorkspace(database: Database): Promise<WorkspaceId> {
  const id = newId("workspace");
  await database.unitOfWork(system)((tx) => tx.workspaces.add({ id, name: "Test" }));
  return id;
}

/** Somebody in a workspace, signed in in one browser, as they act there. */
export async function aMember(database: Database, workspaceId: WorkspaceId, role: Role): Promise<UserActor> {
  const user = { id: newId("user"), email: `${role}-${crypto.randomUUID()}@test.example` };
  const sessionId = await database.unitOfWork(system)(async (tx) => {
    await tx.users.add({ ...user, name: null, emailVerifiedAt: new Date() });
    await tx.workspaces.addMember({ workspaceId, userId: user.id, role });
    return tx.sessions.add({
      tokenSha256: crypto.randomUUID(),
      userId: user.id,
      expiresAt: new Date(Date.now() + 60 * 60_000),
      method: "email",
      userAgent: null,
      ipAddress: null,
    });
  });
  return { kind: "user", userId: user.id, workspaceId, role, sees: role === "agent" ? "own" : "all", sessionId };
}

/** What a verb of the person's gets. */
export function contextOf<A extends UserActor>(record: TestRecord, actor: A, now = new Date()): Context<A> {
  return {
    ...record.context(),
    clock: { now: () => now },
    actor,
    unitOfWork: record.database.unitOfWork(actor),
  };
}
