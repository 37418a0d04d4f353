import { accounts, sessions } from "@earwitness/db/schema";
import { eq } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { APP_ORIGIN } from "./setup/app-origin.ts";
import { Browser, request } from "./setup/browser.ts";
import { readRows } from "./setup/database.ts";
import { askProvider, clearFaults, comeBack, consent, setPeople, signInBy, strike } from "./setup/identity-provider.ts";
import { accountsOf, errorPage, PROVIDERS, somebody } from "./setup/provider-accounts.ts";

const SESSION_COOKIE = "__Secure-authjs.session-token";

afterEach(clearFaults);

describe.each(PROVIDERS)("signing in by %s", (provider) => {
  test("makes a session, a verified user and a workspace, and leads to where one wanted to go", async () => {
    const ana = somebody();
    await setPeople(ana);
    const browser = new Browser();
    expect(await signInBy(browser, provider, ana.email)).toBe(`${APP_ORIGIN}/calls`);
    expect(browser.cookie(SESSION_COOKIE)).toMatch(/^[0-9a-f]{64}$/);
    const { user } = await browser.me();
    expect(user).toMatchObject({ email: ana.email, name: "Ana Ruiz" });
    expect(await accountsOf(ana.email)).toEqual([{ provider, user: user.id, verifiedAt: expect.any(Date) }]);
    const [session] = await readRows(({ db }) => db.select().from(sessions).where(eq(sessions.userId, user.id)));
    expect(session).toMatchObject({ method: provider });
  });

  test("a second time is the same person, under a new address of theirs as well", async () => {
    const ana = somebody();
    await setPeople(ana);
    const first = new Browser();
    await signInBy(first, provider, ana.email);
    const moved = { ...ana, email: `moved-${ana.email}` };
    await setPeople(moved);
    const second = new Browser();
    await signInBy(second, provider, moved.email);
    const [before, after] = [await first.me(), await second.me()];
    expect(after.user).toEqual(before.user);
    expect(after.workspace).toEqual(before.workspace);
    expect(second.cookie(SESSION_COOKIE)).not.toBe(first.cookie(SESSION_COOKIE));
  });

  test("keeps no token of the provider's", async () => {
    const ana = somebody();
    await setPeople(ana);
    await signInBy(new Browser(), provider, ana.email);
    const rows = await readRows(({ db }) => db.select().from(accounts));
    expect(JSON.stringify(rows)).not.toMatch(/ya29|gho_|eyJ/);
  });

  test("cancelled leads to a page that says so, and signs nobody in", async () => {
    const browser = new Browser();
    await setPeople(somebody());
    expect(await signInBy(browser, provider, "")).toBe(errorPage("Cancelled", provider));
    expect(browser.cookie(SESSION_COOKIE)).toBeUndefined();
  });

  test("with another state than this browser's is refused", async () => {
    const ana = somebody();
    await setPeople(ana);
    const [thief, victim] = [new Browser(), new Browser()];
    const stolen = await consent(await askProvider(thief, provider), ana.email);
    await askProvider(victim, provider);
    expect(await comeBack(victim, stolen)).toBe(errorPage("ProviderFailed", provider));
    expect(await comeBack(new Browser(), stolen)).toBe(errorPage("Expired", provider));
    expect(victim.cookie(SESSION_COOKIE)).toBeUndefined();
    expect(await accountsOf(ana.email)).toEqual([]);
  });

  test("with an answer that was used before opens nothing", async () => {
    const ana = somebody();
    await setPeople(ana);
    const browser = new Browser();
    const back = await consent(await askProvider(browser, provider), ana.email);
    const before = browser.cookieHeader;
    await comeBack(browser, back);
    const replayed = await request(back, { headers: { cookie: before } });
    expect(replayed.headers.get("location")).toBe(errorPage("ProviderFailed", provider));
    expect(replayed.headers.getSetCookie().join()).not.toContain("session-token=");
    expect(await comeBack(browser, back)).toBe(errorPage("Expired", provider));
  });

  test("with an address that is not verified is refused", async () => {
    const doubted = somebody({ isEmailVerified: false, isEmailPublic: true });
    await setPeople(doubted);
    const browser = new Browser();
    expect(await signInBy(browser, provider, doubted.email)).toBe(errorPage("EmailNotVerified", provider));
    expect(browser.cookie(SESSION_COOKIE)).toBeUndefined();
    expect(await accountsOf(doubted.email)).toEqual([]);
  });

  test("without any address is refused", async () => {
    const ana = somebody();
    await setPeople(ana);
    await strike({ target: provider, effect: "no_email" });
    expect(await signInBy(new Browser(), provider, ana.email)).toBe(errorPage("EmailNotVerified", provider));
  });

  test("with an address of somebody who signs in another way links nothing", async () => {
    const ana = somebody();
    await new Browser().signIn(ana.email);
    await setPeople(ana);
    const browser = new Browser();
    expect(await signInBy(browser, provider, ana.email)).toBe(errorPage("AccountNotLinked", provider));
    expect(browser.cookie(SESSION_COOKIE)).toBeUndefined();
    expect(await accountsOf(ana.email)).toMatchObject([{ provider: null }]);
  });

  test.each([
    ["fails", { effect: "status", status: 500, match: { path: "token" } }],
    ["refuses the code", { effect: "refuse" }],
    ["hangs up", { effect: "drop", match: { path: "token" } }],
  ])("whose provider %s says so, and signs nobody in", async (_what, fault) => {
    const ana = somebody();
    await setPeople(ana);
    await strike({ target: provider, ...fault });
    const browser = new Browser();
    expect(await signInBy(browser, provider, ana.email)).toBe(errorPage("ProviderFailed", provider));
    expect(browser.cookie(SESSION_COOKIE)).toBeUndefined();
    expect(await signInBy(browser, provider, ana.email)).toBe(`${APP_ORIGIN}/calls`);
  });

  test("leads nowhere outside of the app", async () => {
    const ana = somebody();
    await setPeople(ana);
    for (const callbackUrl of ["https://evil.test/x", "https://app.test.evil.test", "javascript:alert(1)"]) {
      const browser = new Browser();
      const led = await askProvider(browser, provider, callbackUrl)
        .then((page) => consent(page, ana.email))
        .then((back) => comeBack(browser, back))
        .catch(() => APP_ORIGIN);
      expect(new URL(led).origin, callbackUrl).toBe(APP_ORIGIN);
    }
  });

  test("gives a token of its own: one that was there before opens nothing", async () => {
    const ana = somebody();
    await setPeople(ana);
    const planted = "a".repeat(64);
    const browser = new Browser();
    browser.plant(SESSION_COOKIE, planted);
    await signInBy(browser, provider, ana.email);
    expect(browser.cookie(SESSION_COOKIE)).not.toBe(planted);
    const late = await request("/v1/me", { headers: { cookie: `${SESSION_COOKIE}=${planted}` } });
    expect(late.status).toBe(401);
  });

  test("while somebody else is signed in signs them out, and links nothing to them", async () => {
    const [ana, ben] = [somebody(), somebody({ name: "Ben Okafor" })];
    const browser = new Browser();
    await browser.signIn(ana.email);
    const before = browser.cookieHeader;
    await setPeople(ben);
    await signInBy(browser, provider, ben.email);
    expect((await browser.me()).user.email).toBe(ben.email);
    expect((await request("/v1/me", { headers: { cookie: before } })).status).toBe(401);
    expect(await accountsOf(ana.email)).toMatchObject([{ provider: null }]);
  });

  test("needs the page's CSRF token", async () => {
    const response = await new Browser().json(`/auth/signin/${provider}`, "POST", {});
    expect(response.status).toBe(403);
  });

  test("passes nothing of the query on to the provider", async () => {
    const browser = new Browser();
    const { csrfToken } = await (await browser.fetch("/auth/csrf")).json<{ csrfToken: string }>();
    const path = `/auth/signin/${provider}?scope=repo&redirect_uri=https://evil.test&prompt=none`;
    const response = await browser.json(path, "POST", { csrfToken });
    const page = new URL(response.headers.get("location") ?? "");
    expect(page.searchParams.get("redirect_uri")).toBe(`${APP_ORIGIN}/auth/callback/${provider}`);
    expect(page.searchParams.get("scope")).not.toContain("repo");
    expect(page.searchParams.get("code_challenge_method")).toBe("S256");
    expect(page.searchParams.has("state")).toBe(true);
    expect(page.searchParams.has("nonce")).toBe(provider === "google");
  });
});

test.each(["wrong_nonce", "expired_id_token", "foreign_issuer", "foreign_audience"])(
  "an id token with the fault %s signs nobody in",
  async (effect) => {
    const ana = somebody();
    await setPeople(ana);
    await strike({ target: "google", effect });
    const browser = new Browser();
    expect(await signInBy(browser, "google", ana.email)).toBe(errorPage("ProviderFailed", "google"));
    expect(browser.cookie(SESSION_COOKIE)).toBeUndefined();
    expect(await accountsOf(ana.email)).toEqual([]);
  },
);

test("an answer with another issuer's name is refused", async () => {
  const ana = somebody();
  await setPeople(ana);
  const browser = new Browser();
  const back = await consent(await askProvider(browser, "google"), ana.email);
  const foreign = `${back}&iss=${encodeURIComponent("https://accounts.example.net")}`;
  expect(await comeBack(browser, foreign)).toBe(errorPage("ProviderFailed", "google"));
});

test("a provider that gives no answer is a problem that says so", async () => {
  await strike({ target: "google", effect: "status", status: 503 });
  const browser = new Browser();
  const { csrfToken } = await (await browser.fetch("/auth/csrf")).json<{ csrfToken: string }>();
  const response = await browser.json("/auth/signin/google", "POST", { csrfToken });
  expect(response.status).toBe(502);
});

test("the sign-in page is told the ways that there are", async () => {
  const response = await request("/auth/providers");
  expect(await response.json()).toEqual({ providers: ["google", "github", "email"], signUp: "open" });
  expect((await new Browser().json("/auth/signin/gitlab", "POST", {})).status).toBe(404);
  expect((await request("/auth/callback/gitlab")).status).toBe(404);
});
