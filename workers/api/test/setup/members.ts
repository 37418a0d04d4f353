import { newSecret, sha256Hex } from "@earwitness/core";
import { newId, type Role, type UserId } from "@earwitness/shared";
import { Browser } from "./browser.ts";
import { asSystem } from "./database.ts";
import type { Tenant } from "./tenant.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Somebody of a workspace, with their browser. */
export interface Member {
  readonly userId: UserId;
  readonly browser: Browser;
}

/** Signs somebody in who has a place in the tenant's workspace already, as one who was invited has. */
export async function addMember(tenant: Tenant, role: Role): Promise<Member> {
  const email = `${role}-${crypto.randomUUID()}@tenant.example`;
  const userId = await addPlace(tenant, role, email);
  const browser = new Browser();
  await browser.signIn(email);
  return { userId, browser };
}

/** Gives somebody a place in the tenant's workspace. */
export async function addPlace(
  { workspaceId }: Tenant,
  role: Role,
  email = `${role}-${crypto.randomUUID()}@tenant.example`,
): Promise<UserId> {
  const userId = newId("user");
  await asSystem(async (tx) => {
    await tx.users.add({ id: userId, email, name: null, emailVerifiedAt: new Date() });
    await tx.workspaces.addMember({ workspaceId, userId, role });
  });
  return userId;
}

/** A key of the tenant that ended yesterday. */
export async function expiredKey(tenant: Tenant): Promise<string> {
  const key = `ew_${newSecret()}`;
  const now = Date.now();
  await asSystem(async (tx) =>
    tx.apiKeys.add({
      id: newId("apiKey"),
      workspaceId: tenant.workspaceId,
      name: "Expired",
      prefix: key.slice(0, 8),
      scope: "write",
      keySha256: await sha256Hex(key),
      createdBy: null,
      createdAt: new Date(now - 2 * DAY_MS),
      expiresAt: new Date(now - DAY_MS),
      lastUsedAt: null,
      revokedAt: null,
    }),
  );
  return key;
}
