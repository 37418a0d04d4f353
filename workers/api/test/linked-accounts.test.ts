import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import worker from "../src/index.ts";
import { APP_ORIGIN } from "./setup/app-origin.ts";
import { Browser, newestLink } from "./setup/browser.ts";
import { comeBack, consent, setPeople, signInBy } from "./setup/identity-provider.ts";
import { accountsOf, errorPage, PROVIDERS, somebody } from "./setup/provider-accounts.ts";

const LINK_COOKIE = "__Secure-earwitness.link";

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

describe.each(PROVIDERS)("linking %s", (provider) => {
  async function askToLink(browser: Browser, headers: Record<string, string> = {}): Promise<URL> {
    const response = await browser.json(`/auth/link/${provider}`, "POST", {}, headers);
    return new URL((await response.json<{ url: string }>()).url);
  }

  test("adds a way to sign in to who is signed in, whatever its address is", async () => {
    const ana = somebody();
    const browser = new Browser();
    await browser.signIn(ana.email);
    const { user } = await browser.me();
    const private_ = somebody({ name: "Ana R." });
    await setPeople(private_);
    expect(await comeBack(browser, await consent(await askToLink(browser), private_.email))).toBe(
      `${APP_ORIGIN}/settings`,
    );
    expect(browser.cookie(LINK_COOKIE)).toBeUndefined();
    const later = new Browser();
    await signInBy(later, provider, private_.email);
    expect((await later.me()).user.id).toBe(user.id);
    expect((await browser.me()).user.accounts).toMatchObject([{ provider }]);
  });

  test("adds one whose address nobody invited, also where only the invited may sign in", async () => {
    const browser = new Browser();
    await browser.signIn(somebody().email);
    const private_ = somebody({ name: "Ana R." });
    await setPeople(private_);
    const back = await consent(await askToLink(browser), private_.email);
    const linked = await whereOnlyTheInvitedMay(back, { headers: { cookie: browser.cookieHeader } });
    expect(linked.headers.get("location")).toBe(`${APP_ORIGIN}/settings`);
    expect((await browser.me()).user.accounts).toMatchObject([{ provider }]);
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
    expect((await browser.me()).user.accounts).toMatchObject([{ provider }]);
    expect((await browser.fetch(`/v1/me/accounts/${provider}`, { method: "DELETE" })).status).toBe(204);
    expect((await browser.me()).user.accounts).toEqual([]);
    const stranger = new Browser();
    await signInBy(stranger, provider, other.email);
    expect((await stranger.me()).user.email).toBe(other.email);
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
    expect((await browser.me()).user.email).toBe(ana.email);
    expect(await accountsOf(ana.email)).toMatchObject([{ provider: null }]);
  });

  test("an account whose address is not verified is refused", async () => {
    const doubted = somebody({ isEmailVerified: false });
    await setPeople(doubted);
    const browser = new Browser();
    await browser.signIn(somebody().email);
    const led = await comeBack(browser, await consent(await askToLink(browser), doubted.email));
    expect(led).toContain("error=EmailNotVerified");
    expect((await browser.me()).user.accounts).toEqual([]);
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
    expect((await browser.me()).user.email).toBe(ben.email);
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
