import {
  type ApiKeyActor,
  createApiKey,
  exchangeKey,
  forgetExpired,
  identifyByBearer,
  refreshTokens,
  revokeApiKey,
} from "@earwitness/core";
import { newId, type TokenPair, type UserId, uuidOf, type WorkspaceId } from "@earwitness/shared";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { system } from "./support/factories.ts";
import { movableClock } from "./support/use-database.ts";
import { useTimedDatabase } from "./support/use-timed-database.ts";

const SECRET = "a-secret-of-the-tests-with-32-characters";
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const clock = movableClock();
const record = useTimedDatabase(clock);

let workspaceId: WorkspaceId;
let userId: UserId;
beforeAll(async () => {
  [workspaceId, userId] = [newId("workspace"), newId("user")];
  await record.contextOf(system).unitOfWork(async (tx) => {
    await tx.workspaces.add({ id: workspaceId, name: "Test" });
    await tx.users.add({ id: userId, email: "owner@test.example", name: null, emailVerifiedAt: null });
  });
});

const owner = () => {
  const sessionId = newId("session");
  return record.contextOf({ kind: "user", userId, workspaceId, role: "owner", sees: "all", sessionId });
};
const identify = (bearer: string): Promise<ApiKeyActor> =>
  identifyByBearer(record.contextOf({ kind: "visitor" }), SECRET, bearer);
const aKey = (expiresInDays: number | null = null) =>
  createApiKey(owner(), { name: "Key", scope: "write", expiresInDays });
const refresh = (token: string) => refreshTokens(record.contextOf(system), SECRET, token);
async function exchanged(key: string): Promise<TokenPair> {
  return exchangeKey(record.contextOf(await identify(key)), SECRET, {});
}
async function renewed(token: string): Promise<TokenPair> {
  const outcome = await refresh(token);
  if (outcome.kind !== "renewed") throw outcome.error;
  return outcome.pair;
}
const auditOf = async (pair: TokenPair) => {
  const entries = await record.rows("select action, object_id, details from audit_entries order by n");
  return entries.filter(({ object_id }) => object_id === pair.familyId).map(({ action, details }) => [action, details]);
};

describe("an access token", () => {
  test("is good for ten minutes, and its end is told to the second", async () => {
    const pair = await exchanged((await aKey()).key);
    clock.forward(Date.parse(pair.accessExpiresAt) - clock.now().getTime() - 1);
    expect(await identify(pair.accessToken)).toMatchObject({ familyId: pair.familyId, scope: "write" });
    clock.forward(1);
    await expect(identify(pair.accessToken)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("and its refresh token end with a key that expires", async () => {
    const { key, expiresAt } = await aKey(1);
    clock.forward(DAY_MS - 5 * MINUTE_MS);
    const pair = await exchanged(key);
    expect([pair.accessExpiresAt, pair.refreshExpiresAt]).toEqual([expiresAt?.toISOString(), expiresAt?.toISOString()]);
    clock.forward(5 * MINUTE_MS);
    await expect(identify(key)).rejects.toThrow(expiresAt?.toISOString());
    await expect(identify(pair.accessToken)).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await refresh(pair.refreshToken)).toMatchObject({ kind: "refused", error: { code: "unauthenticated" } });
  });
});

describe("a refresh token", () => {
  test("is good for 30 days, and so is each that follows", async () => {
    let { refreshToken } = await exchanged((await aKey()).key);
    for (let i = 0; i < 3; i++) {
      clock.forward(30 * DAY_MS - 1);
      ({ refreshToken } = await renewed(refreshToken));
    }
    clock.forward(30 * DAY_MS);
    expect(await refresh(refreshToken)).toMatchObject({ kind: "refused", error: { code: "unauthenticated" } });
  });

  test("used again within ten seconds ends nothing and gives nothing", async () => {
    const first = await exchanged((await aKey()).key);
    const second = await renewed(first.refreshToken);
    clock.forward(9_999);
    expect(await refresh(first.refreshToken)).toMatchObject({
      kind: "refused",
      error: { code: "conflict", retryAfterMs: 1 },
      closed: [],
    });
    expect(await identify(second.accessToken)).toMatchObject({ familyId: first.familyId });
    await renewed(second.refreshToken);
  });

  test("used again after that ends its whole family, sockets and all, and is in the audit log once", async () => {
    const first = await exchanged((await aKey()).key);
    const second = await renewed(first.refreshToken);
    clock.forward(10_000);
    const closed = [{ workspaceId, sessionId: first.familyId }];
    expect(await refresh(first.refreshToken)).toMatchObject({ kind: "refused", closed });
    await expect(identify(second.accessToken)).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await refresh(second.refreshToken)).toMatchObject({ kind: "refused", closed: [] });
    expect(await refresh(first.refreshToken)).toMatchObject({ kind: "refused", closed: [] });
    expect(await auditOf(first)).toEqual([
      ["tokens.exchanged", expect.anything()],
      ["tokens.revoked", { reason: "reused" }],
    ]);
    const [row] = await record.rows("select revoked_reason from token_families where id = $1", [
      uuidOf(first.familyId),
    ]);
    expect(row).toEqual({ revoked_reason: "reused" });
  });

  test("of many requests at once gets one pair", async () => {
    const { refreshToken } = await exchanged((await aKey()).key);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => refresh(refreshToken)));
    const kinds = outcomes.map((one) => (one.kind === "renewed" ? "renewed" : one.error.code)).sort();
    expect(kinds).toEqual([...Array.from({ length: 7 }, () => "conflict"), "renewed"]);
  });

  test("is nowhere to be read", async () => {
    const pair = await exchanged((await aKey()).key);
    const kept = JSON.stringify([
      await record.rows("select * from refresh_tokens"),
      await record.rows("select * from token_families"),
      await record.rows("select * from audit_entries"),
    ]);
    expect(kept).not.toContain(pair.refreshToken);
    expect(kept).not.toContain(pair.accessToken);
  });

  test("is not made for a key that is revoked at the same moment", async () => {
    for (let i = 0; i < 5; i++) {
      const { id, key } = await aKey();
      const actor = await identify(key);
      const [made] = await Promise.allSettled([
        exchangeKey(record.contextOf(actor), SECRET, {}),
        revokeApiKey(owner(), id),
      ]);
      if (made.status === "fulfilled") {
        await expect(identify(made.value.accessToken)).rejects.toMatchObject({ code: "unauthenticated" });
        expect(await refresh(made.value.refreshToken)).toMatchObject({ kind: "refused" });
      } else expect(made.reason).toMatchObject({ code: "unauthenticated" });
    }
  });

  test("in whatever order a thief and the client use what they have, only one of them is served, or neither", async () => {
    const step = fc.record({ who: fc.constantFrom<"client" | "thief">("client", "thief"), waitMs: fc.nat(15_000) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
        const { refreshToken } = await exchanged((await aKey()).key);
        // The thief got hold of the client's first token; each goes on with what they are given.
        const holds = { client: refreshToken, thief: refreshToken };
        const served = new Set<string>();
        let isDetected = false;
        for (const { who, waitMs } of steps) {
          clock.forward(waitMs);
          const outcome = await refresh(holds[who]);
          if (outcome.kind === "refused") {
            isDetected ||= outcome.closed.length > 0;
            continue;
          }
          expect(isDetected).toBe(false);
          served.add(who);
          holds[who] = outcome.pair.refreshToken;
        }
        expect(served.size).toBeLessThanOrEqual(1);
      }),
      { numRuns: 10 },
    );
  }, 30_000);
});

test("families and spent refresh tokens are forgotten once nothing depends on them", async () => {
  const { key } = await aKey();
  const old = await exchanged(key);
  const next = await renewed(old.refreshToken);
  clock.forward(29 * DAY_MS);
  const alive = await renewed(next.refreshToken);
  clock.forward(DAY_MS + 1);
  await forgetExpired(record.contextOf(system));
  expect(await refresh(old.refreshToken)).toMatchObject({ kind: "refused" });
  expect(await identify(key)).toMatchObject({ kind: "apiKey" });
  await renewed(alive.refreshToken);
  clock.forward(31 * DAY_MS);
  await forgetExpired(record.contextOf(system));
  expect(await record.rows("select * from refresh_tokens")).toEqual([]);
  expect(await record.rows("select * from token_families")).toEqual([]);
});
