import { MemberList, MemberView, MeView, type NumberId, WorkspaceChoice, WorkspaceView } from "@earwitness/shared";
import { aNumber } from "@earwitness/testing/records";
import { beforeEach, describe, expect, test } from "vitest";
import { APP_ORIGIN } from "./setup/app-origin.ts";
import { problemIn } from "./setup/browser.ts";
import { type Colleague, newColleague } from "./setup/colleague.ts";
import { asSystem } from "./setup/database.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await newTenant();
});

const read = async () => WorkspaceView.parse(await (await tenant.browser.fetch("/v1/workspace")).json());
const change = (body: unknown, headers: Record<string, string> = {}) =>
  tenant.browser.json("/v1/workspace", "PATCH", body, headers);
const me = async ({ browser }: Pick<Colleague, "browser">) =>
  MeView.parse(await (await browser.fetch("/v1/me")).json());
const setMember = (userId: string, body: unknown, by: Pick<Colleague, "browser"> = tenant) =>
  by.browser.json(`/v1/members/${userId}`, "PATCH", body);
const remove = (userId: string, by: Pick<Colleague, "browser"> = tenant) =>
  by.browser.fetch(`/v1/members/${userId}`, { method: "DELETE" });
const effects = async () => {
  const now = new Date();
  return (await asSystem((tx) => tx.outbox.claim({ now, hiddenUntil: now, limit: 1_000 })))
    .filter(({ workspaceId }) => workspaceId === tenant.workspaceId)
    .map(({ effect }) => effect);
};

describe("a workspace's settings", () => {
  test("change as far as they are named, in a version of their own", async () => {
    const before = await read();
    const response = await change({
      name: " Acme ",
      language: "DE-at",
      keyTerms: ["Therme", " Therme"],
      retentionDays: 90,
    });
    expect(response.status).toBe(200);
    const after = WorkspaceView.parse(await response.json());
    const changed = { name: "Acme", language: "de-AT", keyTerms: ["Therme"], retentionDays: 90 };
    const retention = { recordings: 90, transcripts: 90, calls: null };
    expect(after).toEqual({ ...before, ...changed, retention, version: before.version + 1 });
    expect(response.headers.get("etag")).toBe(`"${after.version}"`);
    expect(await read()).toEqual(after);
    expect(await effects()).toContainEqual({ kind: "routing", numberId: tenant.numberId });
  });

  test("are not overwritten by who saw an older version", async () => {
    const { version } = await read();
    expect((await change({ name: "One" }, { "if-match": `"${version}"` })).status).toBe(200);
    const late = await change({ name: "Two" }, { "if-match": `"${version}"` });
    expect(late.status).toBe(412);
    expect((await read()).name).toBe("One");
  });

  test("that are so already stay in their version", async () => {
    const { version, name } = await read();
    expect((await change({ name })).status).toBe(200);
    expect((await read()).version).toBe(version);
  });

  test.each([
    [{ language: "klingonisch-und-mehr-als-acht" }, "#/language"],
    [{ keyTerms: ["one two three four five six seven"] }, "#/keyTerms/0"],
    [{ allowedOrigins: ["https://shop.example", "https://shop.example/"] }, "#/allowedOrigins/1"],
    [{ allowedOrigins: ["http://shop.example"] }, "#/allowedOrigins/0"],
    [{ allowedOrigins: ["https://*.example"] }, "#/allowedOrigins/0"],
    [{ allowedOrigins: ["null"] }, "#/allowedOrigins/0"],
    [{ retentionDays: 0 }, "#/retentionDays"],
    [{ version: 7 }, "#"],
  ])("refuse %j and point at it", async (body, pointer) => {
    const response = await change(body);
    expect(response.status).toBe(400);
    expect((await problemIn(response)).errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  test("take origins as browsers send them", async () => {
    const allowedOrigins = ["https://shop.example", "https://shop.example:8443", "http://localhost:3000"];
    expect((await change({ allowedOrigins })).status).toBe(200);
    expect((await read()).allowedOrigins).toEqual(allowedOrigins);
  });

  test("are for all to read and for admins to change", async () => {
    const agent = await newColleague(tenant, "agent");
    expect((await agent.browser.fetch("/v1/workspace")).status).toBe(200);
    expect((await agent.browser.json("/v1/workspace", "PATCH", { name: "Mine" })).status).toBe(403);
    expect((await tenant.call("/v1/workspace", { scope: "read" })).status).toBe(200);
    expect((await tenant.call("/v1/workspace", { method: "PATCH", json: { name: "Mine" } })).status).toBe(403);
  });
});

describe("another workspace", () => {
  test("is owned by who makes it, and worked in once they go over to it", async () => {
    const made = await tenant.browser.json("/v1/workspaces", "POST", { name: "Second" });
    expect(made.status).toBe(201);
    const second = WorkspaceChoice.parse(await made.json());
    expect(second).toMatchObject({ name: "Second", role: "owner", isCurrent: false });
    const before = await me(tenant);
    expect(before.workspace.id).toBe(tenant.workspaceId);
    expect(before.workspaces.map(({ id }) => id)).toEqual([tenant.workspaceId, second.id]);
    const switched = await tenant.browser.json("/v1/me/workspace", "POST", { workspaceId: second.id });
    expect(switched.status).toBe(200);
    expect((await me(tenant)).workspace.id).toBe(second.id);
    expect((await tenant.browser.fetch("/v1/numbers")).status).toBe(200);
    // What is the other's is not there.
    expect((await tenant.browser.fetch(`/v1/members`)).status).toBe(200);
    expect((await tenant.browser.json(`/v1/numbers/${tenant.numberId}`, "PATCH", { label: "x" })).status).toBe(404);
  });
});

describe("somebody's role", () => {
  test("holds for the next request, and in browsers that are open", async () => {
    const agent = await newColleague(tenant, "agent");
    expect((await me(agent)).may).not.toContain("numbers:change");
    const response = await setMember(agent.userId, { role: "admin" });
    expect(MemberView.parse(await response.json())).toMatchObject({ id: agent.userId, role: "admin" });
    const after = await me(agent);
    expect(after.role).toBe("admin");
    expect(after.may).toContain("numbers:change");
    const told = await effects();
    expect(told).toContainEqual({ kind: "live", news: { entity: "me", callId: null } });
    expect(told).toContainEqual({ kind: "session_renewed", sessionId: after.sessionId });
  });

  test("closes a socket that is open, which comes back with what they may then", async () => {
    const agent = await newColleague(tenant, "agent");
    const open = () => agent.browser.fetch("/live", { headers: { upgrade: "websocket", origin: APP_ORIGIN } });
    const socket = (await open()).webSocket;
    if (!socket) throw new Error("It was not opened.");
    const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
    socket.accept();
    await setMember(agent.userId, { role: "viewer" });
    expect(await closed).toBe(1001);
    const again = await open();
    expect(again.status).toBe(101);
    again.webSocket?.accept();
    const greeted = await new Promise<string>((resolve) =>
      again.webSocket?.addEventListener("message", ({ data }) => resolve(String(data))),
    );
    expect(greeted).toContain("hello");
    again.webSocket?.close();
  });

  test("is not overwritten by who saw them as they were before", async () => {
    const agent = await newColleague(tenant, "agent");
    const setAt = (version: number, body: unknown) =>
      tenant.browser.json(`/v1/members/${agent.userId}`, "PATCH", body, { "if-match": `"${version}"` });
    const first = await setAt(1, { role: "supervisor" });
    expect([first.status, first.headers.get("etag")]).toEqual([200, '"2"']);
    const late = await setAt(1, { suspended: true });
    expect(late.status).toBe(412);
    expect(await problemIn(late)).toMatchObject({ code: "precondition_failed" });
    expect(MemberView.parse(await (await setAt(2, {})).json())).toMatchObject({ suspendedAt: null, version: 2 });
  });

  test("of owners is for owners, and the last one keeps it", async () => {
    const admin = await newColleague(tenant, "admin");
    const { user } = await me(tenant);
    expect((await setMember(user.id, { role: "agent" }, admin)).status).toBe(403);
    expect((await setMember(admin.userId, { role: "owner" }, admin)).status).toBe(403);
    for (const response of [
      await setMember(user.id, { role: "admin" }),
      await setMember(user.id, { suspended: true }),
      await remove(user.id),
    ]) {
      expect(response.status).toBe(409);
      expect(await problemIn(response)).toMatchObject({ code: "conflict" });
    }
    expect((await tenant.browser.json("/v1/workspace/owner", "POST", { userId: admin.userId })).status).toBe(200);
    expect([(await me(tenant)).role, (await me(admin)).role]).toEqual(["admin", "owner"]);
  });
});

describe("who is suspended", () => {
  test("may do nothing until it is lifted, by cookie or by socket", async () => {
    const agent = await newColleague(tenant, "agent");
    await setMember(agent.userId, { suspended: true });
    expect((await agent.browser.fetch("/v1/me")).status).toBe(403);
    expect((await agent.browser.fetch("/v1/calls")).status).toBe(403);
    const live = await agent.browser.fetch("/live", { headers: { upgrade: "websocket", origin: APP_ORIGIN } });
    expect(live.status).toBe(403);
    await setMember(agent.userId, { suspended: false });
    expect((await agent.browser.fetch("/v1/calls")).status).toBe(200);
  });
});

describe("who is removed, or leaves", () => {
  test("is out at once, and listed no more", async () => {
    const [gone, leaves] = [await newColleague(tenant, "agent"), await newColleague(tenant, "viewer")];
    expect((await remove(gone.userId, leaves)).status).toBe(403);
    expect((await remove(gone.userId)).status).toBe(204);
    expect((await remove(leaves.userId, leaves)).status).toBe(204);
    for (const { browser } of [gone, leaves]) expect((await browser.fetch("/v1/calls")).status).toBe(403);
    expect((await remove(gone.userId)).status).toBe(404);
    const { members } = MemberList.parse(await (await tenant.browser.fetch("/v1/members")).json());
    expect(members).toHaveLength(1);
  });

  test("of another workspace is not found", async () => {
    const theirs = await newColleague(await newTenant(), "agent");
    expect((await remove(theirs.userId)).status).toBe(404);
    expect((await setMember(theirs.userId, { role: "viewer" })).status).toBe(404);
    expect((await theirs.browser.fetch("/v1/me")).status).toBe(200);
  });
});

describe("the numbers at which somebody answers", () => {
  test("are listed with them, and are the workspace's", async () => {
    const agent = await newColleague(tenant, "agent");
    const foreign: NumberId = (await newTenant()).numberId;
    const response = await setMember(agent.userId, { numberIds: [tenant.numberId] });
    expect(MemberView.parse(await response.json()).numberIds).toEqual([tenant.numberId]);
    expect((await setMember(agent.userId, { numberIds: [foreign] })).status).toBe(404);
    const unknown = aNumber(tenant.workspaceId).id;
    expect((await setMember(agent.userId, { numberIds: [unknown] })).status).toBe(404);
  });
});
