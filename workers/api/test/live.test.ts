import { env } from "cloudflare:workers";
import {
  ApiKeyList,
  CallFrame,
  type CallId,
  LIVE_CLOSE,
  LiveFrame,
  LiveTokenView,
  newId,
  PlacedCall,
} from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { APP_ORIGIN } from "./setup/app-origin.ts";
import { problemIn, request } from "./setup/browser.ts";
import { present } from "./setup/expect-value.ts";
import { addCall } from "./setup/records.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant();
});

function open(headers: Record<string, string> = {}, query = ""): Promise<Response> {
  const standard = { upgrade: "websocket", origin: APP_ORIGIN, cookie: tenant.browser.cookieHeader };
  return request(`/live${query}`, { headers: { ...standard, ...headers } });
}

/** The socket's first `count` frames. */
async function framesOf(response: Response, count: number): Promise<LiveFrame[]> {
  const socket = present(response.webSocket);
  const frames: LiveFrame[] = [];
  const done = new Promise<void>((resolve) => {
    socket.addEventListener("message", ({ data }) => {
      frames.push(LiveFrame.parse(JSON.parse(String(data))));
      if (frames.length === count) resolve();
    });
  });
  socket.accept();
  await done;
  socket.close();
  return frames;
}

describe("the live socket", () => {
  test("opens for a signed-in browser and tells what changes in its workspace", async () => {
    const response = await open();
    expect(response.status).toBe(101);
    const frames = framesOf(response, 2);
    await env.WORKSPACE_ROOM.getByName(tenant.workspaceId).publish([{ entity: "number", callId: null }]);
    expect(await frames).toMatchObject([
      { type: "hello", workspaceId: tenant.workspaceId },
      { type: "changed", entity: "number" },
    ]);
  });

  test("gives who comes back what was missed", async () => {
    const [hello] = await framesOf(await open(), 1);
    await env.WORKSPACE_ROOM.getByName(tenant.workspaceId).publish([{ entity: "number", callId: null }]);
    const frames = await framesOf(await open({}, `?after=${present(hello).seq}`), 2);
    expect(frames[1]).toMatchObject({ type: "changed", seq: present(hello).seq + 1 });
  });

  test.each([
    ["another site's page", { origin: "https://evil.test" }, 403],
    ["a page without an origin", { origin: "null" }, 403],
    ["nobody", { cookie: "" }, 401],
    ["a forged cookie", { cookie: `__Secure-authjs.session-token=${"e".repeat(64)}` }, 401],
    ["a request that is no upgrade", { upgrade: "h2c" }, 400],
  ])("stays shut for %s, before the upgrade", async (_who, headers, status) => {
    const response = await open(headers);
    expect(response.status).toBe(status);
    expect(response.webSocket).toBeFalsy();
    await problemIn(response);
  });

  test("an API key does not open it", async () => {
    const response = await open({ cookie: "", authorization: `Bearer ${tenant.keys.write}` });
    expect(response.status).toBe(401);
  });

  test("is served to pages at their own origin too", async () => {
    const headers = { upgrade: "websocket", origin: APP_ORIGIN, cookie: tenant.browser.cookieHeader };
    expect((await framesOf(await request("/api/live", { headers }), 1))[0]).toMatchObject({ type: "hello" });
  });
});

/** A call of the tenant's that rings, in its room and in the record. */
async function aRingingCall(): Promise<CallId> {
  const placed = await tenant.call("/v1/calls", {
    method: "POST",
    json: { from: tenant.numberId, to: "+14155550177" },
  });
  const { callId } = PlacedCall.parse(await placed.json());
  await addCall(tenant, { id: callId, room: callId, direction: "outbound", state: "ringing", endedAt: null });
  return callId;
}

/** What comes over a socket, and with which code it is closed. */
function follow(response: Response) {
  const socket = present(response.webSocket);
  const texts: string[] = [];
  socket.addEventListener("message", ({ data }) => texts.push(String(data)));
  const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
  socket.accept();
  const types = () => texts.map((text) => CallFrame.or(LiveFrame).parse(JSON.parse(text)).type);
  return { socket, texts, types, closed };
}

describe("the live socket of a call", () => {
  test("shows the call to a signed-in browser", async () => {
    const callId = await aRingingCall();
    const line = follow(await open({}, `?call=${callId}`));
    await expect.poll(line.types).toEqual(["hello", "snapshot"]);
    expect(JSON.parse(present(line.texts[1]))).toMatchObject({ state: { phase: "ringing" }, captions: [] });
  });

  test("is closed by its code for a call that is another workspace's or none", async () => {
    const stranger = await newTenant();
    const callId = await aRingingCall();
    const foreign = follow(await open({ cookie: stranger.browser.cookieHeader }, `?call=${callId}`));
    const missing = follow(await open({}, `?call=${newId("call")}`));
    expect([await foreign.closed, await missing.closed]).toEqual([LIVE_CLOSE.notFound, LIVE_CLOSE.notFound]);
    expect([...foreign.texts, ...missing.texts]).toEqual([]);
  });

  test.each([
    ["another site's page", { origin: "https://evil.test" }, 403],
    ["nobody", { cookie: "" }, 401],
  ])("stays shut for %s", async (_who, headers, status) => {
    const response = await open(headers, `?call=${await aRingingCall()}`);
    expect(response.status).toBe(status);
  });

  test("needs the id of a call", async () => {
    expect((await problemIn(await open({}, "?call=soon"))).errors).toEqual([
      { pointer: "query/call", detail: expect.any(String) },
    ]);
  });
});

describe("a live token", () => {
  const mint = async (json: unknown, key: Pick<Tenant, "call"> = tenant) => {
    const response = await key.call("/v1/live-tokens", { method: "POST", scope: "read", json });
    expect(response.status).toBe(201);
    return LiveTokenView.parse(await response.json());
  };
  const connect = async (url: string) => {
    const { pathname, search } = new URL(url);
    return follow(await request(pathname + search, { headers: { upgrade: "websocket" } }));
  };
  const authenticate = ({ socket }: { socket: WebSocket }, token: string) =>
    socket.send(JSON.stringify({ action: "authenticate", token }));

  test.each([
    ["the workspace", async () => null, ["hello"]],
    ["a call", aRingingCall, ["hello", "snapshot"]],
  ])("opens a socket of %s for a key, once", async (_what, callIdOf, expected) => {
    const { token, url } = await mint({ callId: await callIdOf() });
    const line = await connect(url);
    authenticate(line, token);
    await expect.poll(line.types).toEqual(expected);
    const again = await connect(url);
    authenticate(again, token);
    expect(await again.closed).toBe(LIVE_CLOSE.unauthenticated);
    expect(again.texts).toEqual([]);
  });

  test("says nothing, and opens nothing, in another's place", async () => {
    const [ours, theirs] = [await mint({}), await mint({}, await newTenant())];
    const line = await connect(ours.url);
    authenticate(line, theirs.token);
    expect(await line.closed).toBe(LIVE_CLOSE.unauthenticated);
    expect(line.texts).toEqual([]);
    const forged = new URL(ours.url);
    forged.searchParams.set("address", `${forged.searchParams.get("address")}x`);
    const refused = await request(forged.pathname + forged.search, { headers: { upgrade: "websocket" } });
    expect(refused.status).toBe(401);
  });

  test("is not made for a call that is another workspace's", async () => {
    const stranger = await newTenant();
    const json = { callId: await aRingingCall() };
    expect((await stranger.call("/v1/live-tokens", { method: "POST", json })).status).toBe(404);
  });

  test("names the address at which it was asked for", async () => {
    expect((await mint({})).url).toMatch(/^wss:\/\/api\.test\/live\?address=/);
    const throughPages = await tenant.browser.json("/api/v1/live-tokens", "POST", {});
    const { url } = LiveTokenView.parse(await throughPages.json());
    expect(url.startsWith(`${APP_ORIGIN.replace(/^http/, "ws")}/api/live?address=`)).toBe(true);
  });

  test("is worth nothing, nor are its sockets, once its key is revoked", async () => {
    const leaver = await newTenant();
    const [used, unused] = [await mint({}, leaver), await mint({}, leaver)];
    const line = await connect(used.url);
    authenticate(line, used.token);
    await expect.poll(line.types).toEqual(["hello"]);
    const { apiKeys } = ApiKeyList.parse(await (await leaver.browser.fetch("/v1/api-keys")).json());
    const revokedAtMs = Date.now();
    const key = present(apiKeys.find(({ prefix }) => leaver.keys.read.startsWith(prefix)));
    await leaver.browser.fetch(`/v1/api-keys/${key.id}`, { method: "DELETE" });
    expect(await line.closed).toBe(LIVE_CLOSE.unauthenticated);
    expect(Date.now() - revokedAtMs).toBeLessThan(5_000);
    const late = await connect(unused.url);
    authenticate(late, unused.token);
    expect(await late.closed).toBe(LIVE_CLOSE.unauthenticated);
    expect(late.texts).toEqual([]);
  });
});

test("signing out closes the browser's live sockets, of the workspace and of calls, within 5 s", async () => {
  const callId = await aRingingCall();
  const [wall, call] = [follow(await open()), follow(await open({}, `?call=${callId}`))];
  await expect.poll(wall.types).toEqual(["hello"]);
  await expect.poll(call.types).toContain("snapshot");
  const { csrfToken } = await (await tenant.browser.fetch("/auth/csrf")).json<{ csrfToken: string }>();
  const signedOutAtMs = Date.now();
  await tenant.browser.json("/auth/signout", "POST", { csrfToken }, { "x-auth-return-redirect": "1" });
  const codes = await Promise.all([wall.closed, call.closed]);
  expect(codes).toEqual([LIVE_CLOSE.unauthenticated, LIVE_CLOSE.unauthenticated]);
  expect(Date.now() - signedOutAtMs).toBeLessThan(5_000);
});
