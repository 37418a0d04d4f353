import { isAllowed, type WorkspaceActor } from "@earwitness/core";
import { newId, Role, TokenPair, type WorkspaceId } from "@earwitness/shared";
import type { Contract } from "../../src/http/route.ts";
import { type Browser, request } from "../setup/browser.ts";
import { addMember, expiredKey } from "../setup/members.ts";
import { newTenant, type Tenant } from "../setup/tenant.ts";
import type { Row } from "./rows.ts";

/** Somebody who asks: how they are known, and what they are in the workspace that is asked about. */
export interface Asking {
  readonly name: string;
  ask(path: string, init: { method: string; headers: Record<string, string>; body: string | null }): Promise<Response>;
  /** `gone`: known, but of no workspace, or suspended in it. `dead`: known no more. */
  readonly standing: "stranger" | "member" | "gone" | "dead" | "other owner";
  /** As the table of permissions judges them. */
  readonly actor: WorkspaceActor | null;
  readonly isBrowser: boolean;
}

/** Everybody who could knock at a tenant's door. */
export async function everybody(tenant: Tenant): Promise<Asking[]> {
  const { workspaceId } = tenant;
  const other = await newTenant();
  const removed = await addMember(tenant, "admin");
  const suspended = await addMember(tenant, "admin");
  await expectStatus(204, tenant.browser.fetch(`/v1/members/${removed.userId}`, { method: "DELETE" }));
  await expectStatus(200, tenant.browser.json(`/v1/members/${suspended.userId}`, "PATCH", { suspended: true }));
  const revoked = await newTenantKey(tenant);
  await expectStatus(204, tenant.browser.fetch(`/v1/api-keys/${revoked.id}`, { method: "DELETE" }));
  const pair = TokenPair.parse(
    await (await tenant.call("/v1/tokens", { method: "POST", json: {}, scope: "read" })).json(),
  );
  const colleagues = await Promise.all(
    Role.exclude(["owner"]).options.map(async (role) => ({ role, ...(await addMember(tenant, role)) })),
  );
  return [
    { name: "stranger", ask: byHeaders({}), standing: "stranger", actor: null, isBrowser: false },
    person("owner", tenant.browser, "member", userActor(workspaceId, "owner")),
    ...colleagues.map(({ role, browser }) => person(role, browser, "member", userActor(workspaceId, role))),
    program("read key", tenant.keys.read, "member", keyActor(workspaceId, "read")),
    program("write key", tenant.keys.write, "member", keyActor(workspaceId, "write")),
    program("access token", pair.accessToken, "member", keyActor(workspaceId, "read")),
    program("expired key", await expiredKey(tenant), "dead", null),
    program("revoked key", revoked.key, "dead", null),
    person("other workspace's owner", other.browser, "other owner", userActor(other.workspaceId, "owner")),
    program("other workspace's key", other.keys.write, "other owner", keyActor(other.workspaceId, "write")),
    person("removed member", removed.browser, "gone", null),
    person("suspended member", suspended.browser, "gone", null),
  ];
}

/** What the route answers, by the table of permissions and its row. */
export function expectedStatus({ may }: Contract, row: Row, asking: Asking, namesThings: boolean): number {
  const special = row.but?.[asking.name];
  if (special !== undefined) return special;
  const { standing, actor } = asking;
  if (may === "anyone") return row.allowed;
  if (standing === "stranger" || standing === "dead") return 401;
  if (may === "signed-in") {
    if (!asking.isBrowser) return 401;
    return standing === "member" ? row.allowed : (row.foreign ?? row.allowed);
  }
  if (actor === null || !isAllowed(actor, may)) return 403;
  if (standing === "other owner") return row.foreign ?? (namesThings ? 404 : row.allowed);
  const isAgent = actor.kind === "user" && actor.role === "agent";
  const isHidden = (isAgent && row.ofCall) || (row.ofOwner && asking.name !== "owner");
  return isHidden ? 404 : row.allowed;
}

function person(name: string, browser: Browser, standing: Asking["standing"], actor: WorkspaceActor | null): Asking {
  return { name, ask: (path, init) => browser.fetch(path, init), standing, actor, isBrowser: true };
}

function program(name: string, key: string, standing: Asking["standing"], actor: WorkspaceActor | null): Asking {
  return { name, ask: byHeaders({ authorization: `Bearer ${key}` }), standing, actor, isBrowser: false };
}

function byHeaders(own: Record<string, string>): Asking["ask"] {
  return (path, { headers, ...init }) => request(path, { ...init, headers: { ...headers, ...own } });
}

function userActor(workspaceId: WorkspaceId, role: Role): WorkspaceActor {
  const sees = role === "agent" ? "own" : "all";
  return { kind: "user", userId: newId("user"), sessionId: newId("session"), workspaceId, role, sees };
}

function keyActor(workspaceId: WorkspaceId, scope: "read" | "write"): WorkspaceActor {
  return { kind: "apiKey", keyId: newId("apiKey"), workspaceId, scope };
}

async function newTenantKey({ browser }: Tenant): Promise<{ id: string; key: string }> {
  const created = await browser.json("/v1/api-keys", "POST", { name: "Revoked", scope: "write" });
  return created.json<{ id: string; key: string }>();
}

async function expectStatus(status: number, answer: Promise<Response>): Promise<void> {
  const response = await answer;
  if (response.status !== status) throw new Error(`${response.status} instead of ${status}: ${await response.text()}`);
}
