import { mintApiKey, sha256Hex } from "@earwitness/core";
import { auditEntries, sessions } from "@earwitness/db/schema";
import {
  LIVE_CLOSE,
  MeView,
  newId,
  SessionList,
  type SessionView,
  type UserId,
  type WorkspaceId,
} from "@earwitness/shared";
import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { APP_ORIGIN } from "./setup/app-origin.ts";
import { Browser, problemIn, request } from "./setup/browser.ts";
import { asSystem, readRows } from "./setup/database.ts";
import { present } from "./setup/expect-value.ts";

const SESSION_COOKIE = "__Secure-authjs.session-token";
const DAY_MS = 86_400_000;
const anybody = () => `person-${crypto.randomUUID()}@devices.example`;

async function signedIn(email = anybody()): Promise<Browser> {
  const browser = new Browser();
  await browser.signIn(email);
  return browser;
}

async function devices(browser: Browser): Promise<SessionView[]> {
  const response = await browser.fetch("/v1/sessions");
  expect(response.status).toBe(200);
  return SessionList.parse(await response.json()).sessions;
}

/** A browser of the person's with a session of its own making: `expiresInMs` from now. */
async function browserOf(userId: UserId, expiresInMs: number): Promise<Browser> {
  const browser = new Browser();
  const { key: token } = await mintApiKey();
  const tokenSha256 = await sha256Hex(token);
  const expiresAt = new Date(Date.now() + expiresInMs);
  const about = { method: "email", userAgent: null, ipAddress: null } as const;
  await asSystem((tx) => tx.sessions.add({ tokenSha256, userId, expiresAt, ...about }));
  browser.plant(SESSION_COOKIE, token);
  return browser;
}

const by = (cookie: string) => request("/v1/me", { headers: { cookie } });

describe("the list of devices", () => {
  test("names each browser, from where it was last seen, and which one this is", async () => {
    const email = anybody();
    const [here, there] = [await signedIn(email), await signedIn(email)];
    await there.fetch("/v1/me", { headers: { "user-agent": "Firefox on a train", "cf-connecting-ip": "203.0.113.9" } });
    const listed = await devices(here);
    expect(listed).toHaveLength(2);
    expect(listed.filter(({ isCurrent }) => isCurrent).map(({ id }) => id)).toEqual([(await here.me()).sessionId]);
    expect(present(listed.find(({ isCurrent }) => !isCurrent))).toMatchObject({
      method: "email",
      userAgent: "Firefox on a train",
      ipAddress: "203.0.113.9",
    });
    expect(JSON.stringify(listed)).not.toContain(await sha256Hex(present(here.cookie(SESSION_COOKIE))));
  });

  test("is one's own alone", async () => {
    const [one, other] = [await signedIn(), await signedIn()];
    const theirs = present((await devices(other))[0]);
    const foreign = await one.fetch(`/v1/sessions/${theirs.id}`, { method: "DELETE" });
    const missing = await one.fetch(`/v1/sessions/${newId("session")}`, { method: "DELETE" });
    expect([foreign.status, missing.status]).toEqual([404, 404]);
    const [a, b] = [await problemIn(foreign), await problemIn(missing)];
    expect({ ...a, requestId: "" }).toEqual({ ...b, requestId: "" });
    expect((await other.me()).sessionId).toBe(theirs.id);
  });
});

describe("signing out", () => {
  test("in another browser ends it there, with its live sockets, and is in the audit log", async () => {
    const email = anybody();
    const [here, there] = [await signedIn(email), await signedIn(email)];
    const gone = (await there.me()).sessionId;
    const live = await request("/live", {
      headers: { upgrade: "websocket", origin: APP_ORIGIN, cookie: there.cookieHeader },
    });
    const socket = present(live.webSocket);
    const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
    socket.accept();

    expect((await here.fetch(`/v1/sessions/${gone}`, { method: "DELETE" })).status).toBe(204);
    expect(await closed).toBe(LIVE_CLOSE.unauthenticated);
    expect((await by(there.cookieHeader)).status).toBe(401);
    const { workspace } = await here.me();
    const logged = await readRows(({ db }) =>
      db
        .select()
        .from(auditEntries)
        .where(and(eq(auditEntries.workspaceId, workspace.id), eq(auditEntries.objectId, gone))),
    );
    expect(logged.map(({ action }) => action)).toContain("session.ended");
  });

  test("in all others leaves this one; everywhere takes this one's cookie too", async () => {
    const here = await signedIn();
    const { user } = await here.me();
    const others = [await browserOf(user.id, 30 * DAY_MS), await browserOf(user.id, 30 * DAY_MS)];
    expect((await here.fetch("/v1/sessions", { method: "DELETE" })).status).toBe(204);
    for (const other of others) expect((await by(other.cookieHeader)).status).toBe(401);
    expect(await devices(here)).toHaveLength(1);

    const stolen = here.cookieHeader;
    expect((await here.fetch("/v1/sessions?include=current", { method: "DELETE" })).status).toBe(204);
    expect(here.cookie(SESSION_COOKIE)).toBeUndefined();
    expect((await by(stolen)).status).toBe(401);
  });

  test("is for our own page and no key", async () => {
    const browser = await signedIn();
    const init = { method: "DELETE", headers: { origin: "https://evil.test" } };
    expect((await browser.fetch("/v1/sessions?include=current", init)).status).toBe(403);
    expect(await devices(browser)).toHaveLength(1);
  });
});

describe("a session that is used", () => {
  test("is extended once it has lost a day, by a new token in its cookie", async () => {
    const { user } = await (await signedIn()).me();
    const browser = await browserOf(user.id, 10 * DAY_MS);
    const before = browser.cookie(SESSION_COOKIE);
    const response = await browser.fetch("/v1/me");
    const line = present(response.headers.getSetCookie().find((each) => each.startsWith(SESSION_COOKIE)));
    expect(line).toMatch(/; Path=\/; .*HttpOnly/);
    expect(line).toMatch(/; Secure/);
    expect(line).toMatch(/; SameSite=Lax/);
    const expiresAtMs = Date.parse(present(/Expires=([^;]+)/.exec(line)?.[1]));
    expect(expiresAtMs).toBeGreaterThan(Date.now() + 29 * DAY_MS);
    expect(browser.cookie(SESSION_COOKIE)).not.toBe(before);
    expect(browser.cookie(SESSION_COOKIE)).toMatch(/^[0-9a-f]{64}$/);
    const again = await browser.fetch("/v1/me");
    expect(again.status).toBe(200);
    expect(again.headers.getSetCookie()).toEqual([]);
    const rows = await readRows(({ db }) => db.select().from(sessions).where(eq(sessions.userId, user.id)));
    expect(rows.map(({ expiresAt }) => expiresAt.getTime() > Date.now() + 29 * DAY_MS)).toEqual([true, true]);
  });

  test("that has ended is none", async () => {
    const { user } = await (await signedIn()).me();
    const browser = await browserOf(user.id, -1);
    expect((await browser.fetch("/v1/me")).status).toBe(401);
    expect(await devices(await browserOf(user.id, 40 * DAY_MS))).toHaveLength(2);
  });
});

describe("when what somebody may has changed", () => {
  test("each of their browsers gets a new token, once, and requests under way with the old one still work", async () => {
    const browser = await signedIn();
    const { user } = await browser.me();
    const old = browser.cookieHeader;
    await asSystem((tx) => tx.sessions.markForRotation(user.id));

    const answers = await Promise.all(Array.from({ length: 6 }, () => by(old)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const handed = answers.flatMap((answer) => answer.headers.getSetCookie());
    expect(handed).toHaveLength(1);

    const renewed = present(handed[0]?.split(";")[0]);
    expect((await by(renewed)).status).toBe(200);
    expect((await by(old)).status).toBe(200);
    const [row] = await readRows(({ db }) => db.select().from(sessions).where(eq(sessions.userId, user.id)));
    expect(present(row).previousSha256).toBe(await sha256Hex(present(old.split("=").at(-1))));
    const leftMs = present(present(row).previousExpiresAt).getTime() - Date.now();
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(30_000);
  });

  test("an answer that opens a socket hands out none, and the next one does", async () => {
    const browser = await signedIn();
    const { user } = await browser.me();
    await asSystem((tx) => tx.sessions.markForRotation(user.id));
    const headers = { upgrade: "websocket", origin: APP_ORIGIN };
    const live = await browser.fetch("/live", { headers });
    expect(live.status).toBe(101);
    present(live.webSocket).accept();
    present(live.webSocket).close();
    const before = browser.cookie(SESSION_COOKIE);
    await browser.fetch("/v1/me");
    expect(browser.cookie(SESSION_COOKIE)).not.toBe(before);
    expect((await browser.fetch("/v1/me")).status).toBe(200);
  });

  test("a refusal hands out the new token as well", async () => {
    const browser = await signedIn();
    const { user } = await browser.me();
    await asSystem((tx) => tx.sessions.markForRotation(user.id));
    const before = browser.cookie(SESSION_COOKIE);
    expect((await browser.fetch(`/v1/calls/${newId("call")}`)).status).toBe(404);
    expect(browser.cookie(SESSION_COOKIE)).not.toBe(before);
  });
});

describe("a person of several workspaces", () => {
  /** A workspace that the person did not make. */
  async function anotherWorkspace(): Promise<WorkspaceId> {
    const id = newId("workspace");
    await asSystem((tx) => tx.workspaces.add({ id, name: "Elsewhere" }));
    return id;
  }

  const goTo = (browser: Browser, workspaceId: string) => browser.json("/v1/me/workspace", "POST", { workspaceId });

  test("works where they choose, in this browser alone", async () => {
    const browser = await signedIn();
    const mine = await browser.me();
    const workspaceId = await anotherWorkspace();
    await asSystem((tx) => tx.workspaces.addMember({ workspaceId, userId: mine.user.id, role: "viewer" }));
    const otherBrowser = await browserOf(mine.user.id, 30 * DAY_MS);
    const answer = await goTo(browser, workspaceId);
    expect(answer.status).toBe(200);
    const now = MeView.parse(await answer.json());
    expect(now).toMatchObject({ workspace: { id: workspaceId }, role: "viewer", sessionId: mine.sessionId });
    expect(now.workspaces.filter(({ isCurrent }) => isCurrent).map(({ id }) => id)).toEqual([workspaceId]);
    expect(await browser.me()).toEqual(now);
    expect((await otherBrowser.me()).workspace.id).toBe(mine.workspace.id);
    expect((await browser.json("/v1/api-keys", "POST", { name: "Not a viewer's" })).status).toBe(403);
  });

  test("cannot go where they do not belong, which looks like nowhere", async () => {
    const browser = await signedIn();
    const theirs = await anotherWorkspace();
    const [foreign, missing] = [await goTo(browser, theirs), await goTo(browser, newId("workspace"))];
    expect([foreign.status, missing.status]).toEqual([404, 404]);
  });
});

test("a cookie that was not asked for is not taken over: who signs in gets a token of their own", async () => {
  const browser = new Browser();
  const planted = "f".repeat(64);
  browser.plant(SESSION_COOKIE, planted);
  await browser.signIn(anybody());
  expect(browser.cookie(SESSION_COOKIE)).not.toBe(planted);
  expect((await by(`${SESSION_COOKIE}=${planted}`)).status).toBe(401);
});
