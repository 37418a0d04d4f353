import { newSecret, sha256Hex } from "@earwitness/core";
import { jobs, memberships, sessions, verificationTokens } from "@earwitness/db/schema";
import { newId } from "@earwitness/shared";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { APP_ORIGIN } from "./setup/app-origin.ts";
import { Browser, linksTo, newestLink, problemIn, request } from "./setup/browser.ts";
import { asSystem, readRows } from "./setup/database.ts";
import { present } from "./setup/expect-value.ts";

const SESSION_COOKIE = "__Secure-authjs.session-token";
let nth = 0;
const anybody = () => `person-${++nth}-${crypto.randomUUID()}@northgate.example`;

describe("signing in by mail", () => {
  test("a link, a button, and one is in a workspace of one's own", async () => {
    const browser = new Browser();
    const asked = await browser.askForLink(" Dana@Northgate.example");
    expect(await asked.json()).toEqual({ url: `${APP_ORIGIN}/login/check-mail` });
    const confirmed = await browser.confirm(await newestLink("dana@northgate.example"));
    expect(await confirmed.json()).toEqual({ url: APP_ORIGIN });
    expect(confirmed.headers.getSetCookie().join()).toMatch(
      /__Secure-authjs.session-token=[0-9a-f]{64};.*HttpOnly; Secure; SameSite=Lax/,
    );
    const { user, workspace } = await browser.me();
    expect(user.email).toBe("dana@northgate.example");
    expect(workspace.name).toContain("dana@northgate.example");
    const wishes = await readRows(({ db }) => db.select().from(jobs).where(eq(jobs.workspaceId, workspace.id)));
    expect(wishes).toMatchObject([{ kind: "numbers.sync", payload: { workspaceId: workspace.id } }]);
  });

  test("who comes again finds the same workspace", async () => {
    const email = anybody();
    const first = new Browser();
    await first.signIn(email);
    const second = new Browser();
    await second.signIn(email);
    const [before, again] = [await first.me(), await second.me()];
    expect(again).toEqual({ ...before, sessionId: again.sessionId });
    expect(again.sessionId).not.toBe(before.sessionId);
    expect(second.cookie(SESSION_COOKIE)).not.toBe(first.cookie(SESSION_COOKIE));
  });

  test("two first sign-ins at once make one workspace", async () => {
    const email = anybody();
    const userId = newId("user");
    const user = { id: userId, email, name: null, emailVerifiedAt: null };
    await asSystem((tx) => tx.users.add(user));
    const browsers = [new Browser(), new Browser(), new Browser()];
    for (const browser of browsers) expect((await browser.askForLink(email)).status).toBe(200);
    const links = await linksTo(email);
    await Promise.all(browsers.map((browser, i) => browser.confirm(present(links[i]))));
    const homes = await readRows(({ db }) => db.select().from(memberships).where(eq(memberships.userId, userId)));
    expect(homes).toHaveLength(1);
  });

  test("neither table holds anything that one could sign in with", async () => {
    const email = anybody();
    const browser = new Browser();
    await browser.askForLink(email);
    const { token } = await newestLink(email);
    const pending = await readRows(({ db }) =>
      db.select().from(verificationTokens).where(eq(verificationTokens.identifier, email)),
    );
    expect(pending).toHaveLength(1);
    expect(JSON.stringify(pending)).not.toContain(token);

    await browser.confirm({ token, email });
    const raw = present(browser.cookie(SESSION_COOKIE));
    const stored = await readRows(({ db }) => db.select().from(sessions));
    expect(stored.map((session) => session.tokenSha256)).toContain(await sha256Hex(raw));
    expect(JSON.stringify(stored)).not.toContain(raw);
  });

  test("signing out ends the session in the record, not only in the browser", async () => {
    const browser = new Browser();
    await browser.signIn(anybody());
    const stolen = browser.cookieHeader;
    const { csrfToken } = await (await browser.fetch("/auth/csrf")).json<{ csrfToken: string }>();
    await browser.json("/auth/signout", "POST", { csrfToken });
    expect(browser.cookie(SESSION_COOKIE)).toBeUndefined();
    const late = await request("/v1/me", { headers: { cookie: stolen } });
    expect(late.status).toBe(401);
  });
});

describe("a sign-in link", () => {
  test("works once", async () => {
    const email = anybody();
    const browser = new Browser();
    await browser.askForLink(email);
    const link = await newestLink(email);
    expect((await browser.confirm(link)).status).toBe(200);
    const again = await new Browser().confirm(link);
    expect(again.status).toBe(422);
    expect(await problemIn(again)).toMatchObject({
      code: "unprocessable",
      detail: expect.stringContaining("Ask for a new one"),
    });
    expect(again.headers.getSetCookie().join()).not.toContain("session-token=");
  });

  test("is dead after 15 minutes", async () => {
    const email = anybody();
    const browser = new Browser();
    await browser.askForLink(email);
    const [pending] = await readRows(({ db }) =>
      db.select().from(verificationTokens).where(eq(verificationTokens.identifier, email)),
    );
    const livesMs = (pending?.expiresAt.getTime() ?? 0) - Date.now();
    expect(livesMs).toBeGreaterThan(14 * 60_000);
    expect(livesMs).toBeLessThanOrEqual(15 * 60_000);
  });

  test("of another address, or a made-up one, opens nothing", async () => {
    const email = anybody();
    await new Browser().askForLink(email);
    const { token } = await newestLink(email);
    for (const link of [
      { token, email: anybody() },
      { token: "f".repeat(64), email },
    ]) {
      expect((await new Browser().confirm(link)).status).toBe(422);
    }
  });

  test("is not spent by a scanner that opens addresses: the callback is not served from outside", async () => {
    const email = anybody();
    const browser = new Browser();
    await browser.askForLink(email);
    const link = await newestLink(email);
    const callback = `/auth/callback/email?${new URLSearchParams({ ...link })}`;
    for (const method of ["GET", "HEAD", "POST"]) {
      const opened = await request(callback, { method });
      expect(opened.status, method).toBe(405);
      expect(opened.headers.getSetCookie()).toEqual([]);
    }
    expect((await browser.confirm(link)).status).toBe(200);
  });

  test("is confirmed from our own page alone", async () => {
    const email = anybody();
    await new Browser().askForLink(email);
    const body = JSON.stringify(await newestLink(email));
    for (const origin of ["https://evil.test", "null", undefined]) {
      const headers = { "content-type": "application/json", ...(origin && { origin }) };
      const response = await request("/auth/confirm", { method: "POST", headers, body });
      expect(response.status, origin).toBe(403);
    }
    expect((await new Browser().confirm(JSON.parse(body))).status).toBe(200);
  });

  test("leads back to where the person was, if that is in the app", async () => {
    const cases = [
      ["/calls/call_1?t=5", `${APP_ORIGIN}/calls/call_1?t=5`],
      [`${APP_ORIGIN}/settings`, `${APP_ORIGIN}/settings`],
      ["https://evil.test/x", APP_ORIGIN],
      // A path of ours, however odd: absolute, it leads nowhere else.
      ["//evil.test/x", `${APP_ORIGIN}//evil.test/x`],
    ];
    for (const [callbackUrl, expected] of cases) {
      const email = anybody();
      const browser = new Browser();
      await browser.askForLink(email);
      const link = await newestLink(email);
      const response = await browser.json("/auth/confirm", "POST", { ...link, callbackUrl });
      expect(new URL((await response.json<{ url: string }>()).url).href, callbackUrl).toBe(
        new URL(expected ?? "").href,
      );
    }
  });
});

describe("a cookie", () => {
  test.each([
    ["forged", "f".repeat(64)],
    ["empty", ""],
    ["a hash out of the table", ""],
  ])("that is %s opens nothing", async (what, value) => {
    let token = value;
    if (what === "a hash out of the table") {
      await new Browser().signIn(anybody());
      const [stored] = await readRows(({ db }) => db.select().from(sessions).limit(1));
      token = present(stored).tokenSha256;
    }
    const response = await request("/v1/me", { headers: { cookie: `${SESSION_COOKIE}=${token}` } });
    expect(response.status).toBe(401);
    expect(await problemIn(response)).toMatchObject({ code: "unauthenticated" });
  });

  test("of an expired session opens nothing", async () => {
    const browser = new Browser();
    await browser.signIn(anybody());
    const { user } = await browser.me();
    const openUntil = async (expiresAt: Date) => {
      const token = newSecret();
      const session = { userId: user.id, expiresAt, method: "email", userAgent: null, ipAddress: null } as const;
      await asSystem(async (tx) => tx.sessions.add({ ...session, tokenSha256: await sha256Hex(token) }));
      return (await request("/v1/me", { headers: { cookie: `${SESSION_COOKIE}=${token}` } })).status;
    };
    expect(await openUntil(new Date(Date.now() + 60_000))).toBe(200);
    expect(await openUntil(new Date(Date.now() - 1))).toBe(401);
  });

  test("lets another site change nothing", async () => {
    const browser = new Browser();
    await browser.signIn(anybody());
    const body = { name: "Theirs", scope: "write" };
    for (const origin of ["https://evil.test", "https://app.test.evil.test", "null"]) {
      const response = await browser.json("/v1/api-keys", "POST", body, { origin });
      expect(response.status, origin).toBe(403);
    }
    const none = await request("/v1/api-keys", {
      method: "POST",
      headers: { cookie: browser.cookieHeader, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(none.status).toBe(403);
    expect(await (await browser.fetch("/v1/api-keys")).json()).toEqual({ apiKeys: [] });
  });
});

test("of Auth.js nothing is served that the app does not use", async () => {
  for (const path of ["/auth/signin", "/auth/error", "/auth/verify-request", "/auth/session", "/auth/signin/google"]) {
    expect((await request(path)).status, path).toBe(404);
  }
});
