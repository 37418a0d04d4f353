import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { accounts, sessions, users } from "@earwitness/db/schema";
import { type MeView, MeView as MeViewSchema } from "@earwitness/shared";
import { eq } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import worker from "../src/index.ts";
import { APP_ORIGIN } from "./setup/app-origin.ts";
import { Browser, newestLink, request } from "./setup/browser.ts";
import { readRows } from "./setup/database.ts";
import {
  type Account,
  askProvider,
  clearFaults,
  comeBack,
  consent,
  setPeople,
  signInBy,
  strike,
} from "./setup/identity-provider.ts";

const SESSION_COOKIE = "__Secure-authjs.session-token";
const LINK_COOKIE = "__Secure-earwitness.link";
const PROVIDERS = ["google", "github"] as const;

const somebody = (changed: Partial<Account> = {}): Account => ({
  id: String(1 + Math.floor(Math.random() * 1e14)),
  name: "Ana Ruiz",
  email: `ana-${crypto.randomUUID()}@northgate.example`,
  ...changed,
});

const errorPage = (error: string, provider: string, linking = "") =>
  `${APP_ORIGIN}/login/error?error=${error}&provider=${provider}${linking}`;

async function me(browser: Browser): Promise<MeView> {
  return MeViewSchema.parse(await (await browser.fetch("/api/v1/me")).json());
}

const accountsOf = (email: string) =>
  readRows(({ db }) =>
    db
      .select({ provider: accounts.provider, user: users.id, verifiedAt: users.emailVerifiedAt })
      .from(users)
      .leftJoin(accounts, eq(accounts.userId, users.id))
      .where(eq(users.email, email)),
  );

/** A request to a deployment that lets nobody in who is not awaited. */
async function whereOnlyTheInvitedMay(path: string, init: RequestInit): Promise<Response> {
  const ctx = createExecutionContext();
  const response = await worker.fetch(
    new Request(`https://api.test${path}`, init),
    { ...env, SIGN_UP: "invited" },
    ctx,
  );
  await waitOnExecutionContext(ctx);
  return response;
}

afterEach(clearFaults);

describe.each(PROVIDERS)("signing in by %s", (provider) => {
  test("makes a session, a verified user and a workspace, and leads to where one wanted to go", async () => {
    const ana = somebody();
    await setPeople(ana);
    const browser = new Browser();
    expect(await signInBy(browser, provider, ana.email)).toBe(`${APP_ORIGIN}/calls`);
    expect(browser.cookie(SESSION_COOKIE)).toMatch(/^[0-9a-f]{64}$/);
    const { user } = await me(browser);
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
    const [before, after] = [await me(first), await me(second)];
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
    expect((await me(browser)).user.email).toBe(ben.email);
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

describe.each(PROVIDERS)("linking %s", (provider) => {
  async function askToLink(browser: Browser, headers: Record<string, string> = {}): Promise<URL> {
    const response = await browser.json(`/auth/link/${provider}`, "POST", {}, headers);
    return new URL((await response.json<{ url: string }>()).url);
  }

  test("adds a way to sign in to who is signed in, whatever its address is", async () => {
    const ana = somebody();
    const browser = new Browser();
    await browser.signIn(ana.email);
    const { user } = await me(browser);
    const private_ = somebody({ name: "Ana R." });
    await setPeople(private_);
    expect(await comeBack(browser, await consent(await askToLink(browser), private_.email))).toBe(
      `${APP_ORIGIN}/settings`,
    );
    expect(browser.cookie(LINK_COOKIE)).toBeUndefined();
    const later = new Browser();
    await signInBy(later, provider, private_.email);
    expect((await me(later)).user.id).toBe(user.id);
    expect((await me(browser)).user.accounts).toMatchObject([{ provider }]);
  });

  test("adds one whose address nobody invited, also where only the invited may sign in", async () => {
    const browser = new Browser();
    await browser.signIn(somebody().email);
    const private_ = somebody({ name: "Ana R." });
    await setPeople(private_);
    const back = await consent(await askToLink(browser), private_.email);
    const linked = await whereOnlyTheInvitedMay(back, { headers: { cookie: browser.cookieHeader } });
    expect(linked.headers.get("location")).toBe(`${APP_ORIGIN}/settings`);
    expect((await me(browser)).user.accounts).toMatchObject([{ provider }]);
  });

  test("can be undone, by oneself alone: then the account is a stranger's again", async () => {
    const [ana, other] = [somebody(), somebody({ name: "Ana R." })];
    await setPeople(other);
    const browser = new Browser();
    await browser.signIn(ana.email);
    await comeBack(browser, await consent(await askToLink(browser), other.email));
    const somebodyElse = new Browser();
    await somebodyElse.signIn(somebody().email);
    expect((await somebodyElse.fetch(`/v1/me/accounts/${provider}`, { method: "DELETE" })).status).toBe(204);
    expect((await me(browser)).user.accounts).toMatchObject([{ provider }]);
    expect((await browser.fetch(`/v1/me/accounts/${provider}`, { method: "DELETE" })).status).toBe(204);
    expect((await me(browser)).user.accounts).toEqual([]);
    const stranger = new Browser();
    await signInBy(stranger, provider, other.email);
    expect((await me(stranger)).user.email).toBe(other.email);
  });

  test("twice changes nothing", async () => {
    const ana = somebody();
    await setPeople(ana);
    const browser = new Browser();
    await browser.signIn(ana.email);
    for (let times = 0; times < 2; times++) {
      await comeBack(browser, await consent(await askToLink(browser), ana.email));
    }
    expect(await accountsOf(ana.email)).toMatchObject([{ provider }]);
  });

  test("an account that is another's is refused, and both stay as they are", async () => {
    const [ana, ben] = [somebody(), somebody({ name: "Ben" })];
    await setPeople(ben);
    await signInBy(new Browser(), provider, ben.email);
    const browser = new Browser();
    await browser.signIn(ana.email);
    expect(await comeBack(browser, await consent(await askToLink(browser), ben.email))).toBe(
      errorPage("AccountTaken", provider, "&linking=1"),
    );
    expect((await me(browser)).user.email).toBe(ana.email);
    expect(await accountsOf(ana.email)).toMatchObject([{ provider: null }]);
  });

  test("an account whose address is not verified is refused", async () => {
    const doubted = somebody({ isEmailVerified: false });
    await setPeople(doubted);
    const browser = new Browser();
    await browser.signIn(somebody().email);
    const led = await comeBack(browser, await consent(await askToLink(browser), doubted.email));
    expect(led).toContain("error=EmailNotVerified");
    expect((await me(browser)).user.accounts).toEqual([]);
  });

  test("is the wish of who is signed in, from our own page", async () => {
    expect((await new Browser().json(`/auth/link/${provider}`, "POST", {})).status).toBe(401);
    const browser = new Browser();
    await browser.signIn(somebody().email);
    const foreign = await browser.json(`/auth/link/${provider}`, "POST", {}, { origin: "https://evil.test" });
    expect(foreign.status).toBe(403);
  });

  test("is bound to one question: an answer to another signs in, and links nothing", async () => {
    const [ana, ben] = [somebody(), somebody({ name: "Ben" })];
    await setPeople(ben);
    const browser = new Browser();
    await browser.signIn(ana.email);
    await askToLink(browser);
    await signInBy(browser, provider, ben.email);
    expect((await me(browser)).user.email).toBe(ben.email);
    expect(await accountsOf(ana.email)).toMatchObject([{ provider: null }]);
  });

  test("counts for the person who asked: not for whoever is signed in when the answer comes", async () => {
    const [ana, eve] = [somebody(), somebody({ name: "Eve" })];
    await setPeople(eve);
    const browser = new Browser();
    await browser.signIn(ana.email);
    const back = await consent(await askToLink(browser), eve.email);
    const other = somebody();
    await browser.askForLink(other.email);
    await browser.confirm(await newestLink(other.email));
    expect(await comeBack(browser, back)).toBe(errorPage("Expired", provider, "&linking=1"));
    expect(await accountsOf(other.email)).toMatchObject([{ provider: null }]);
    expect(await accountsOf(ana.email)).toMatchObject([{ provider: null }]);
  });
});
