import {
  endOwnSessions,
  identifyBySession,
  identifyPersonBySession,
  type LivingSession,
  markForRotation,
  newSecret,
  renewRights,
  sha256Hex,
  switchWorkspace,
} from "@earwitness/core";
import { newId, type UserId, uuidOf, type WorkspaceId } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { system } from "./support/factories.ts";
import { movableClock } from "./support/use-database.ts";
import { useTimedDatabase } from "./support/use-timed-database.ts";

const DAY_MS = 86_400_000;
const clock = movableClock();
const record = useTimedDatabase(clock);

/** Somebody who belongs to two workspaces, to the first one longer, with a session. */
async function somebody(): Promise<{ userId: UserId; homes: [WorkspaceId, WorkspaceId]; token: string }> {
  const userId = newId("user");
  const homes: [WorkspaceId, WorkspaceId] = [newId("workspace"), newId("workspace")];
  await record.contextOf(system).unitOfWork(async (tx) => {
    await tx.users.add({ id: userId, email: `${userId}@test.example`, name: null, emailVerifiedAt: null });
    for (const id of homes) {
      await tx.workspaces.add({ id, name: "Home" });
      await tx.workspaces.addMember({ workspaceId: id, userId, role: "agent" });
    }
  });
  // Both places were taken in one instant otherwise.
  await record.rows("update memberships set created_at = created_at - interval '1 hour' where workspace_id = $1", [
    uuidOf(homes[0]),
  ]);
  return { userId, homes, token: await aSession(userId) };
}

async function aSession(userId: UserId): Promise<string> {
  const token = newSecret();
  const tokenSha256 = await sha256Hex(token);
  const expiresAt = new Date(clock.now().getTime() + 30 * DAY_MS);
  const about = { method: "email", userAgent: null, ipAddress: null } as const;
  await record.contextOf(system).unitOfWork((tx) => tx.sessions.add({ userId, tokenSha256, expiresAt, ...about }));
  return token;
}

const visitor = () => record.contextOf({ kind: "visitor" });
const ask = (token: string, canRenew = true): Promise<LivingSession> =>
  identifyBySession(visitor(), { token, canRenew });
const mark = (userId: UserId) => record.contextOf(system).unitOfWork((tx) => markForRotation(tx, userId));
const REFUSED = { code: "unauthenticated" };

describe("a session's life", () => {
  test("lasts 30 days from its last use, and is extended at most once a day", async () => {
    const { token } = await somebody();
    clock.forward(DAY_MS - 1);
    expect((await ask(token)).renewed).toBeNull();
    clock.forward(1);
    const { renewed } = await ask(token);
    expect(renewed?.expiresAt).toEqual(new Date(clock.now().getTime() + 30 * DAY_MS));
    const next = renewed?.token ?? "";
    expect((await ask(next)).renewed).toBeNull();
    clock.forward(30 * DAY_MS - 1);
    const last = (await ask(next)).renewed?.token ?? "";
    clock.forward(30 * DAY_MS);
    await expect(ask(last)).rejects.toMatchObject(REFUSED);
  });

  test("ends after 180 days however often it is used", async () => {
    const { token } = await somebody();
    let current = token;
    for (let day = 0; day < 180 - 20; day += 20) {
      clock.forward(20 * DAY_MS);
      current = (await ask(current)).renewed?.token ?? current;
    }
    clock.forward(20 * DAY_MS - 1);
    await ask(current);
    clock.forward(1);
    await expect(ask(current)).rejects.toMatchObject(REFUSED);
  });
});

describe("renewing a token", () => {
  test("gives one of many requests at once the new one, and refuses none of them", async () => {
    const { userId, token } = await somebody();
    await mark(userId);
    const asked = await Promise.all(Array.from({ length: 8 }, () => ask(token)));
    const handed = asked.flatMap(({ renewed }) => (renewed === null ? [] : [renewed.token]));
    expect(handed).toHaveLength(1);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    const [next = ""] = handed;
    expect((await ask(next)).id).toBe(asked[0]?.id);
  });

  test("leaves the old one good for 30 seconds after the new one has come back, and not longer", async () => {
    const { userId, token } = await somebody();
    await mark(userId);
    const next = (await ask(token)).renewed?.token ?? "";
    await ask(next);
    clock.forward(29_999);
    expect((await ask(token)).renewed).toBeNull();
    clock.forward(1);
    await expect(ask(token)).rejects.toMatchObject(REFUSED);
    expect((await ask(next)).renewed).toBeNull();
  });

  test("signs nobody out whose answer was lost: 30 seconds later the old one gets another, and the lost one is void", async () => {
    const { userId, token } = await somebody();
    await mark(userId);
    const lost = (await ask(token)).renewed?.token ?? "";
    clock.forward(29_999);
    expect((await ask(token)).renewed).toBeNull();
    clock.forward(1);
    const found = (await Promise.all([ask(token), ask(token), ask(token)])).flatMap(({ renewed }) => renewed ?? []);
    expect(found).toHaveLength(1);
    await expect(ask(lost)).rejects.toMatchObject(REFUSED);
    await ask(found[0]?.token ?? "");
  });

  test("waits for an answer that carries a cookie", async () => {
    const { userId, token } = await somebody();
    await mark(userId);
    expect((await ask(token, false)).renewed).toBeNull();
    const person = await identifyPersonBySession(visitor(), { token, canRenew: true });
    expect(person.renewed).not.toBeNull();
  });

  test("asked for again while the new one is on its way, renews that as well", async () => {
    const { userId, token } = await somebody();
    await mark(userId);
    const next = (await ask(token)).renewed?.token ?? "";
    clock.forward(1_000);
    await mark(userId);
    expect((await ask(next)).renewed).toBeNull();
    clock.forward(30_000);
    expect((await ask(next)).renewed).not.toBeNull();
  });

  test("keeps no token", async () => {
    const { userId, token } = await somebody();
    await mark(userId);
    const next = (await ask(token)).renewed?.token ?? "";
    const kept = JSON.stringify(await record.rows("select * from sessions"));
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(next);
    expect(kept).toContain(await sha256Hex(next));
  });
});

describe("where a session works", () => {
  const suspend = (userId: UserId, workspaceId: WorkspaceId) =>
    record.rows("update memberships set suspended_at = now() where user_id = $1 and workspace_id = $2", [
      uuidOf(userId),
      uuidOf(workspaceId),
    ]);

  test("is the chosen workspace, while the person belongs there and is not suspended, and another one then", async () => {
    const { userId, homes, token } = await somebody();
    const [oldest, other] = homes;
    const first = await ask(token);
    expect(first.actor.workspaceId).toBe(oldest);
    const person = { kind: "person", userId, sessionId: first.id } as const;
    const { actor, closed } = await switchWorkspace(record.contextOf(system), person, other);
    expect(actor.workspaceId).toBe(other);
    expect(closed).toEqual([{ workspaceId: oldest, sessionId: first.id }]);
    expect((await ask(token)).actor.workspaceId).toBe(other);
    await suspend(userId, other);
    expect((await ask(token)).actor.workspaceId).toBe(oldest);
    await expect(switchWorkspace(record.contextOf(system), person, other)).rejects.toMatchObject({ code: "not_found" });
  });

  test("is nowhere for who belongs to no workspace, though the session lives", async () => {
    const { userId, token } = await somebody();
    await record.rows("delete from memberships where user_id = $1", [uuidOf(userId)]);
    await expect(ask(token)).rejects.toMatchObject({ code: "forbidden" });
    expect((await identifyPersonBySession(visitor(), { token, canRenew: false })).actor.userId).toBe(userId);
  });

  test("is nowhere for who is suspended", async () => {
    const { userId, token } = await somebody();
    await record.rows("update users set suspended_at = now() where id = $1", [uuidOf(userId)]);
    await expect(ask(token)).rejects.toMatchObject({ code: "forbidden" });
    await expect(identifyPersonBySession(visitor(), { token, canRenew: false })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

test("changed rights mark every session of the person, and close its sockets in that workspace alone", async () => {
  const { userId, homes, token } = await somebody();
  const second = await aSession(userId);
  const closed = await record.contextOf(system).unitOfWork((tx) => renewRights(tx, { workspaceId: homes[0], userId }));
  expect(closed).toHaveLength(2);
  expect(new Set(closed.map(({ workspaceId }) => workspaceId))).toEqual(new Set([homes[0]]));
  for (const each of [token, second]) expect((await ask(each)).renewed).not.toBeNull();
});

test("signing out everywhere ends a session by its old token as well", async () => {
  const { userId, token } = await somebody();
  await mark(userId);
  const { id, renewed } = await ask(token);
  await endOwnSessions(record.contextOf(system), { kind: "person", userId, sessionId: id }, { keepCurrent: false });
  for (const each of [token, renewed?.token ?? ""]) await expect(ask(each)).rejects.toMatchObject(REFUSED);
});

test("when and where a session was last used is noted at most every five minutes", async () => {
  const { userId, token } = await somebody();
  const seen = async () => {
    const [row] = await record.rows("select last_seen_at from sessions where user_id = $1", [uuidOf(userId)]);
    return row?.last_seen_at;
  };
  await ask(token);
  const first = await seen();
  expect(first).toEqual(clock.now());
  clock.forward(299_999);
  await ask(token);
  expect(await seen()).toEqual(first);
  clock.forward(1);
  await ask(token);
  expect(await seen()).toEqual(clock.now());
});
