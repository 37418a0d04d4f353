import type { APIRequestContext, Page } from "@playwright/test";
import type { Addresses } from "./addresses.ts";
import { expect, expectAccessible, test } from "./fixtures.ts";

const PROVIDERS = [
  { provider: "google", name: "Google" },
  { provider: "github", name: "GitHub" },
] as const;

interface Account {
  name: string;
  email: string;
  isEmailVerified?: boolean;
}

/** Somebody whom nobody knows here yet. */
const somebody = (name = "Ana Ruiz"): Account => ({ name, email: `${crypto.randomUUID()}@example.com` });

/** Who has accounts with the identity providers from now on. */
async function setPeople(request: APIRequestContext, { control }: Addresses, ...people: Account[]): Promise<void> {
  const response = await request.put(`${control}/people`, { data: { people } });
  expect(response.ok(), await response.text()).toBe(true);
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name }).click();
}

for (const { provider, name } of PROVIDERS) {
  test.describe(`${name}`, () => {
    test("lets somebody in through its own page, and back to where they wanted to go", async ({
      page,
      product,
      request,
    }) => {
      const ana = somebody();
      await setPeople(request, product, ana, somebody("Ben Okafor"));
      await page.goto("/login?next=%2Fsettings");
      await press(page, `Continue with ${name}`);
      await expect(page.getByRole("heading", { name: `Sign in with ${name}` })).toBeVisible();
      expect(new URL(page.url()).origin).not.toBe(product.web);
      await press(page, `Continue as Ana Ruiz (${ana.email})`);
      await page.waitForURL(`${product.web}/settings`);
      await expect(page.getByText(ana.email).first()).toBeVisible();
    });

    test("left without agreeing leads back with a word, and nobody is signed in", async ({
      page,
      product,
      request,
    }) => {
      await setPeople(request, product, somebody());
      await page.goto("/login");
      await press(page, `Continue with ${name}`);
      await press(page, "Cancel");
      await expect(page.getByRole("heading", { name: "Not signed in" })).toBeVisible();
      await page.getByRole("link", { name: "Back to the sign-in" }).click();
      await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
      expect((await page.context().cookies()).map((cookie) => cookie.name)).not.toContain("authjs.session-token");
    });

    test("says of an address that it has not verified that this is no proof", async ({ page, product, request }) => {
      await setPeople(request, product, { ...somebody("Dora Doubt"), isEmailVerified: false });
      await page.goto("/login");
      await press(page, `Continue with ${name}`);
      await page.getByRole("button", { name: /Continue as Dora Doubt/ }).click();
      await expect(page.getByRole("heading", { name: `${name} has not verified your address` })).toBeVisible();
    });

    test("links nothing by itself: whoever signs in another way does so, and links it in the settings", async ({
      page,
      product,
      request,
      signIn,
    }) => {
      const ana = somebody();
      await setPeople(request, product, ana);
      await signIn(page, ana.email);
      await page.goto("about:blank");
      await page.context().clearCookies();

      await page.goto("/login");
      await press(page, `Continue with ${name}`);
      await page.getByRole("button", { name: /Continue as Ana Ruiz/ }).click();
      await expect(page.getByRole("heading", { name: "You sign in here another way" })).toBeVisible();
      await expectAccessible(page);

      await signIn(page, ana.email);
      await page.goto("/settings");
      await press(page, `Link ${name}`);
      await page.getByRole("button", { name: /Continue as Ana Ruiz/ }).click();
      await page.waitForURL(`${product.web}/settings`);
      await expect(page.getByRole("button", { name: `Unlink ${name}` })).toBeVisible();

      await page.goto("about:blank");
      await page.context().clearCookies();
      await page.goto("/login");
      await press(page, `Continue with ${name}`);
      await page.getByRole("button", { name: /Continue as Ana Ruiz/ }).click();
      await page.waitForURL(`${product.web}/calls`);
    });

    test("that fails is no dead end", async ({ page, product, request }) => {
      const ana = somebody();
      await setPeople(request, product, ana);
      const fault = { target: provider, effect: "status", status: 500, match: { path: "token" } };
      expect((await request.post(`${product.control}/faults`, { data: fault })).ok()).toBe(true);
      await page.goto("/login");
      await press(page, `Continue with ${name}`);
      await page.getByRole("button", { name: /Continue as Ana Ruiz/ }).click();
      await expect(page.getByRole("heading", { name: `${name} did not answer as it should` })).toBeVisible();
      await page.getByRole("link", { name: "Back to the sign-in" }).click();
      await press(page, `Continue with ${name}`);
      await page.getByRole("button", { name: /Continue as Ana Ruiz/ }).click();
      await page.waitForURL(`${product.web}/calls`);
    });
  });
}

test("a link by mail is sent by a job, asks to be confirmed, and lets in once", async ({ page, product, request }) => {
  const { email } = somebody();
  await page.goto("/login");
  await page.getByLabel("Work e-mail").fill(email);
  await press(page, "Mail me a link");
  await expect(page.getByRole("heading", { name: "Look in your mail" })).toBeVisible();
  await expectAccessible(page);
  const newest = async () => {
    const { mails } = await (await request.get(`${product.control}/mailbox?to=${email}`)).json();
    return /https?:\/\/\S+\/login\/confirm\S+/.exec(mails[0]?.text ?? "")?.[0] ?? "";
  };
  await expect.poll(newest).not.toBe("");
  await page.goto(await newest());
  await expect(page.getByText(email)).toBeVisible();
  await press(page, "Sign in");
  await page.waitForURL(`${product.web}/calls`);
});

test("another link leads to where the first one would have", async ({ page, product, request }) => {
  const { email } = somebody();
  await page.goto("/login?next=%2Fsettings");
  await page.getByLabel("Work e-mail").fill(email);
  await press(page, "Mail me a link");
  await press(page, "Mail another link");
  await expect(page.getByText("Another link is on its way.")).toBeVisible();
  const links = async () => {
    const { mails } = await (await request.get(`${product.control}/mailbox?to=${email}`)).json();
    return mails.map(({ text }: { text: string }) => /https?:\/\/\S+\/login\/confirm\S+/.exec(text)?.[0]);
  };
  await expect.poll(async () => (await links()).length).toBe(2);
  const [newest] = await links();
  await page.goto(newest);
  await press(page, "Sign in");
  await page.waitForURL(`${product.web}/settings`);
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    test(`the front door in ${colorScheme}, ${viewport.width} px wide`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      for (const path of [
        "/login",
        "/login/error?error=AccountNotLinked&provider=google",
        "/login/check-mail#a@b.example",
      ]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        if (path === "/login") await expect(page.getByRole("button", { name: "Continue with GitHub" })).toBeVisible();
        await expectAccessible(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, path).toBeLessThanOrEqual(0);
      }
    });
  }
}
