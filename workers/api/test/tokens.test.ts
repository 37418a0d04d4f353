import { mintApiKey } from "@earwitness/core";
import { auditEntries } from "@earwitness/db/schema";
import {
  type ApiKeyId,
  ApiKeyList,
  CreatedApiKey,
  LIVE_CLOSE,
  LiveTokenView,
  newId,
  TokenPair,
} from "@earwitness/shared";
import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { problemIn, request } from "./setup/browser.ts";
import { asSystem, readRows } from "./setup/database.ts";
import { present } from "./setup/expect-value.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant();
});

const json = { "content-type": "application/json" };
const as = (bearer: string, path: string, init: RequestInit = {}) =>
  request(path, { ...init, headers: { ...init.headers, authorization: `Bearer ${bearer}` } });
const post = (bearer: string, path: string, body: unknown) =>
  as(bearer, path, { method: "POST", headers: json, body: JSON.stringify(body) });
const refresh = (refreshToken: string) =>
  request("/v1/tokens/refresh", { method: "POST", headers: json, body: JSON.stringify({ refreshToken }) });

async function aKey(scope: "read" | "write" = "write"): Promise<{ id: ApiKeyId; key: string }> {
  const response = await tenant.browser.json("/v1/api-keys", "POST", { name: "Exchange", scope });
  expect(response.status).toBe(201);
  return CreatedApiKey.parse(await response.json());
}

async function exchanged(key: string, body: object = {}): Promise<TokenPair> {
  const response = await post(key, "/v1/tokens", body);
  expect(response.status).toBe(201);
  return TokenPair.parse(await response.json());
}

const statusOf = async (bearer: string) => (await as(bearer, "/v1/calls")).status;

async function logged(objectId: string): Promise<unknown[]> {
  const entries = await readRows(({ db }) =>
    db
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.workspaceId, tenant.workspaceId), eq(auditEntries.objectId, objectId))),
  );
  return entries.map(({ action, details, actorId }) => ({ action, actorId, reason: details.reason }));
}

describe("an access token", () => {
  test("works like its key, for ten minutes, and neither token is kept", async () => {
    const { key } = await aKey();
    const pair = await exchanged(key);
    expect(await statusOf(pair.accessToken)).toBe(200);
    const livesMs = Date.parse(pair.accessExpiresAt) - Date.now();
    expect(livesMs).toBeGreaterThan(9 * 60_000);
    expect(livesMs).toBeLessThanOrEqual(10 * 60_000);
    const claims = JSON.parse(atob(present(pair.accessToken.split(".")[1])));
    expect(claims).toEqual({
      familyId: pair.familyId,
      keyId: expect.stringMatching(/^key_/),
      scope: "write",
      aud: "access",
      exp: Date.parse(pair.accessExpiresAt) / 1000,
    });
  });

  test("may no more than it was asked for, and never more than its key", async () => {
    const narrow = await exchanged((await aKey("write")).key, { scope: "read" });
    expect((await post(narrow.accessToken, "/v1/numbers/sync", {})).status).toBe(403);
    const wide = await post((await aKey("read")).key, "/v1/tokens", { scope: "write" });
    expect(wide.status).toBe(403);
  });

  test("makes no keys, is exchanged for nothing, and is no person", async () => {
    const { accessToken } = await exchanged((await aKey()).key);
    const answers = await Promise.all([
      post(accessToken, "/v1/tokens", {}),
      post(accessToken, "/v1/api-keys", { name: "More" }),
      as(accessToken, "/v1/me"),
      as(accessToken, "/v1/sessions"),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 401]);
  });

  test("that is forged, of another purpose, or cut short is nobody's", async () => {
    const { accessToken, refreshToken } = await exchanged((await aKey()).key);
    const [head, claims, signature] = accessToken.split(".");
    const none = btoa(JSON.stringify({ alg: "none" })).replaceAll("=", "");
    const live = LiveTokenView.parse(await (await tenant.call("/v1/live-tokens", { method: "POST", json: {} })).json());
    const forged = [
      `${head}.${claims}.`,
      `${none}.${claims}.`,
      `${head}.${claims}.${signature}x`,
      `${head}.${btoa(JSON.stringify({ aud: "access", exp: 9_999_999_999 })).replaceAll("=", "")}.${signature}`,
      live.token,
      refreshToken,
      "a.b.c",
    ];
    for (const token of forged) expect(await statusOf(token), token).toBe(401);
  });

  test("is worth nothing at once when its key is revoked, nor are its refresh token and its sockets", async () => {
    const { id, key } = await aKey("read");
    const pair = await exchanged(key);
    const live = LiveTokenView.parse(await (await post(pair.accessToken, "/v1/live-tokens", {})).json());
    const { pathname, search } = new URL(live.url);
    const response = await request(pathname + search, { headers: { upgrade: "websocket" } });
    const socket = present(response.webSocket);
    const frames: string[] = [];
    socket.addEventListener("message", ({ data }) => frames.push(String(data)));
    const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
    socket.accept();
    socket.send(JSON.stringify({ action: "authenticate", token: live.token }));
    await expect.poll(() => frames.length).toBeGreaterThan(0);

    expect((await tenant.browser.fetch(`/v1/api-keys/${id}`, { method: "DELETE" })).status).toBe(204);
    expect(await statusOf(pair.accessToken)).toBe(401);
    expect((await refresh(pair.refreshToken)).status).toBe(401);
    expect(await closed).toBe(LIVE_CLOSE.unauthenticated);
    expect(await logged(id)).toEqual([
      expect.objectContaining({ action: "api_key.created" }),
      expect.objectContaining({ action: "api_key.revoked" }),
    ]);
  });
});

describe("a refresh token", () => {
  test("gets the next pair once, of the same family", async () => {
    const first = await exchanged((await aKey()).key);
    const answer = await refresh(first.refreshToken);
    expect(answer.status).toBe(200);
    const second = TokenPair.parse(await answer.json());
    expect(second.familyId).toBe(first.familyId);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(await statusOf(second.accessToken)).toBe(200);
    expect((await refresh(second.refreshToken)).status).toBe(200);
  });

  test("of several requests at once gets exactly one pair, and that pair works", async () => {
    const { refreshToken } = await exchanged((await aKey()).key);
    const answers = await Promise.all(Array.from({ length: 6 }, () => refresh(refreshToken)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    const late = present(answers.find(({ status }) => status === 409));
    const waitSeconds = Number(late.headers.get("retry-after"));
    expect(waitSeconds).toBeGreaterThan(0);
    expect(waitSeconds).toBeLessThanOrEqual(10);
    const won = TokenPair.parse(await present(answers.find(({ status }) => status === 200)).json());
    expect(await statusOf(won.accessToken)).toBe(200);
    expect((await refresh(won.refreshToken)).status).toBe(200);
  });

  test("that is not one is refused, and tells nothing", async () => {
    const wrong = await refresh(`ewr_${"0".repeat(64)}`);
    expect(wrong.status).toBe(401);
    expect((await refresh((await aKey()).key)).status).toBe(401);
  });

  test("and its family are ended by the key they belong to, and by no other", async () => {
    const { key } = await aKey();
    const pair = await exchanged(key);
    const end = (bearer: string) => as(bearer, `/v1/tokens/${pair.familyId}`, { method: "DELETE" });
    expect((await end((await aKey()).key)).status).toBe(404);
    expect((await end((await newTenant()).keys.write)).status).toBe(404);
    expect((await as(key, `/v1/tokens/${newId("tokenFamily")}`, { method: "DELETE" })).status).toBe(404);
    expect(await statusOf(pair.accessToken)).toBe(200);
    expect([(await end(key)).status, (await end(key)).status]).toEqual([204, 204]);
    expect(await statusOf(pair.accessToken)).toBe(401);
    expect((await refresh(pair.refreshToken)).status).toBe(401);
    expect(await logged(pair.familyId)).toEqual([
      expect.objectContaining({ action: "tokens.exchanged" }),
      expect.objectContaining({ action: "tokens.revoked", reason: "asked" }),
    ]);
  });
});

describe("an API key", () => {
  test("ends when it was said to, and says when that was", async () => {
    const response = await tenant.browser.json("/v1/api-keys", "POST", { name: "For a month", expiresInDays: 30 });
    const { expiresAt } = CreatedApiKey.parse(await response.json());
    const livesMs = Date.parse(present(expiresAt)) - Date.now();
    expect(Math.round(livesMs / 86_400_000)).toBe(30);

    const { key, prefix, keySha256 } = await mintApiKey();
    const endedAt = new Date("2026-11-20T08:00:00.000Z");
    const record = {
      id: newId("apiKey"),
      workspaceId: tenant.workspaceId,
      name: "Old",
      prefix,
      scope: "write",
      createdAt: new Date("2026-11-01T08:00:00.000Z"),
      expiresAt: endedAt,
      lastUsedAt: null,
      revokedAt: null,
    } as const;
    await asSystem((tx) => tx.apiKeys.add({ ...record, keySha256, createdBy: null }));
    for (const refused of [await as(key, "/v1/calls"), await post(key, "/v1/tokens", {})]) {
      expect(refused.status).toBe(401);
      expect((await problemIn(refused)).detail).toContain(endedAt.toISOString());
    }
    const { apiKeys } = ApiKeyList.parse(await (await tenant.browser.fetch("/v1/api-keys")).json());
    expect(present(apiKeys.find(({ id }) => id === record.id))).toMatchObject({
      expiresAt: endedAt.toISOString(),
      lastUsedAt: null,
    });
  });
});
