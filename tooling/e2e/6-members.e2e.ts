import type { BrowserContext, Locator, Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures.ts";

/** What an owner does must be true in everybody's open tabs within this. */
const WITHIN_5_S = { timeout: 5_000 };

/** Goes to a section of the settings by a full load, as somebody does who has its address. */
async function openSettings(page: Page, section: string) {
  // Away first: an address that differs by its fragment alone loads nothing.
  await page.goto("about:blank");
  await page.goto(`/settings#${section}`);
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
}

/** The row of a list that holds a text. */
function row(page: Page, list: string, text: string | RegExp): Locator {
  return page.getByRole("list", { name: list }).getByRole("listitem").filter({ hasText: text });
}

/** The newest mail to an address that holds a link to `path`; the link. */
async function mailedLink(page: Page, control: string, email: string, path: string): Promise<string> {
  let found: string | undefined;
  await expect
    .poll(async () => {
      const { mails } = await (await page.request.get(`${control}/mailbox?to=${email}`)).json();
      found = mails
        .map(({ text }: { text: string }) => /https?:\/\/\S+/.exec(text)?.[0])
        .find((link: string | undefined) => link?.includes(path));
      return found;
    })
    .toBeDefined();
  return found ?? "";
}

async function signInByMail(page: Page, control: string, email: string) {
  await page.getByLabel("Work e-mail").fill(email);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await page.waitForURL("**/login/check-mail**");
  await page.goto(await mailedLink(page, control, email, "/login/confirm"));
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function invite(page: Page, email: string, role: string) {
  await openSettings(page, "members");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByLabel("Role").selectOption(role);
  await dialog.getByRole("button", { name: "Mail the invitation" }).click();
  await expect(row(page, "Invitations", email)).toBeVisible();
}

/** Another browser, with pages of its own; closed at the test's end. */
const secondBrowser = test.extend<{ other: Page; otherContext: BrowserContext }>({
  otherContext: async ({ browser, product }, use) => {
    const context = await browser.newContext({ baseURL: product.web });
    await use(context);
    await context.close();
  },
  other: async ({ otherContext }, use) => use(await otherContext.newPage()),
});

secondBrowser(
  "somebody is invited, comes in another browser, and what they may follows their role",
  async ({ page, other, product, signIn }) => {
    test.setTimeout(120_000);
    const email = "marco@members.example";
    await signIn(page, "dana@members.example");
    await invite(page, email, "agent");

    await test.step("the mail leads to what it is about, then through the sign-in back to it", async () => {
      await other.goto(await mailedLink(page, product.control, email, "/invitation"));
      await expect(other.getByRole("heading", { level: 1 })).toContainText("Join");
      await expect(other.getByText("an agent")).toBeVisible();
      await expectAccessible(other);
      await other.getByRole("button", { name: "Accept and join" }).click();
      await other.waitForURL("**/login?next=%2Finvitation");
      await signInByMail(other, product.control, email);
      await other.waitForURL("**/invitation");
      await other.getByRole("button", { name: "Accept and join" }).click();
      await other.waitForURL("**/calls");
    });

    await test.step("the owner sees them come, in the open tab", async () => {
      await expect(row(page, "Members", email)).toBeVisible();
      await expect(row(page, "Invitations", email)).toBeHidden();
    });

    await test.step("an agent is not offered what agents may not", async () => {
      await openSettings(other, "members");
      await expect(row(other, "Members", email)).toContainText("you");
      await expect(other.getByRole("button", { name: "Invite", exact: true })).toBeHidden();
      await expect(other.getByRole("link", { name: "API keys" })).toBeHidden();
      await openSettings(other, "audit-log");
      await expect(other.getByText("not for your role")).toBeVisible();
    });

    await test.step("made an admin, they can manage people in the tab that is open", async () => {
      await page.getByLabel(`Role of ${email}`).selectOption("admin");
      await expect(
        other.getByRole("button", { name: "Export all" }).or(other.getByRole("link", { name: "Export all" })),
      ).toBeVisible(WITHIN_5_S);
      await expect(other.getByRole("link", { name: "API keys" })).toBeVisible();
    });

    await test.step("made a viewer, they cannot call any more in the tab that is open", async () => {
      await other.getByRole("link", { name: "Live", exact: true }).click();
      await other.waitForURL("**/live");
      const call = other.getByRole("button", { name: "Call", exact: true });
      await expect(call).toBeVisible();
      await page.getByLabel(`Role of ${email}`).selectOption("viewer");
      await expect(call).toBeHidden(WITHIN_5_S);
    });

    await test.step("removed, they are told so where they are", async () => {
      await row(page, "Members", email)
        .getByRole("button", { name: `More for ${email}` })
        .click();
      await page.getByRole("menuitem", { name: "Remove…" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
      await expect(row(page, "Members", email)).toBeHidden();
      await expect(other.getByRole("heading", { name: /You no longer belong to/ })).toBeVisible(WITHIN_5_S);
      await expectAccessible(other);
    });
  },
);

secondBrowser(
  "an invitation is for its address alone, and for once",
  async ({ page, other, product, signIn, quietConsole }) => {
    quietConsole.allow(/status of (404|422)/);
    const email = "elena@members.example";
    await signIn(page, "owner-of-one@members.example");
    await invite(page, email, "viewer");
    const link = await mailedLink(page, product.control, email, "/invitation");

    await signIn(other, "somebody-else@members.example");
    await other.goto(link);
    await other.getByRole("button", { name: "Accept and join" }).click();
    await expect(other.getByRole("button", { name: /Sign out, then sign in as/ })).toBeVisible();

    await row(page, "Invitations", email)
      .getByRole("button", { name: /^Revoke/ })
      .click();
    await expect(row(page, "Invitations", email)).toBeHidden();
    await page.goto(link);
    await expect(page.getByRole("heading", { name: "This invitation does not work" })).toBeVisible();
    await page.goto("/invitation#token=cut");
    await expect(page.getByText("The link is not whole")).toBeVisible();
  },
);

secondBrowser("signing out everywhere ends every browser's session", async ({ page, other, signIn, quietConsole }) => {
  test.setTimeout(120_000);
  quietConsole.allow(/status of 401|HTTP Authentication failed/);
  const email = "priya@members.example";
  await signIn(page, email);
  await signIn(other, email);
  await openSettings(page, "profile");
  await expect(page.getByRole("list", { name: "Devices" }).getByRole("listitem")).toHaveCount(2);
  await expect(row(page, "Devices", "this one")).toHaveCount(1);

  await test.step("one other browser, by its row", async () => {
    await page.getByRole("button", { name: "Sign out everywhere else" }).click();
    await other.waitForURL(/\/login\?.*signed-out/, WITHIN_5_S);
    await expect(other.getByText("You were signed out")).toBeVisible();
    await expect(page.getByText("Signed out everywhere else.")).toBeVisible();
  });

  await test.step("all of them, this one included", async () => {
    await signIn(other, email);
    await expect(other.getByRole("button", { name: /^Workspace:/ })).toBeVisible();
    await page.getByRole("button", { name: "Sign out everywhere", exact: true }).click();
    await page.waitForURL("**/login");
    await other.waitForURL(/\/login\?.*signed-out/, WITHIN_5_S);
    await page.goto("/calls");
    await page.waitForURL("**/login");
  });
});

test("a key is shown once, works until it is revoked, and the log has it all", async ({
  page,
  product,
  signIn,
  request,
}) => {
  await signIn(page, "tom@members.example");
  await openSettings(page, "api-keys");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByLabel("Name").fill("Dispatch board");
  await page.getByLabel("Good for").selectOption("30 days");
  await page.getByRole("button", { name: "Make the key" }).click();
  const shown = page.getByRole("dialog").locator("p.receipt");
  const key = ((await shown.textContent()) ?? "").trim();
  const asked = () => request.get(`${product.api}/v1/numbers`, { headers: { authorization: `Bearer ${key}` } });
  expect((await asked()).status()).toBe(200);

  await page.getByRole("button", { name: "I have kept it" }).click();
  await openSettings(page, "api-keys");
  const line = row(page, "API keys", "Dispatch board");
  await expect(line).toContainText(key.slice(0, 8));
  expect(await page.content()).not.toContain(key);

  await line.getByRole("button", { name: "Revoke Dispatch board" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(line).toContainText("revoked");
  expect((await asked()).status()).toBe(401);

  await page.getByRole("link", { name: "Audit log" }).click();
  const log = page.getByRole("list", { name: "Audit log" });
  await expect(log).toContainText("made the API key Dispatch board");
  await expect(log).toContainText("revoked the API key Dispatch board");
  await page.getByLabel("What").selectOption("API key revoked");
  await expect(log.getByRole("listitem")).toHaveCount(1);
  await page.reload();
  await expect(log.getByRole("listitem")).toHaveCount(1);
  await log.getByText("Receipt").click();
  await expect(log).toContainText(/[0-9a-f]{64}/);
  await page.getByRole("button", { name: "Clear filters" }).click();

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export all" }).click();
  const exported = await (await download).createReadStream();
  const text = (await exported.toArray()).join("");
  expect(
    text
      .trim()
      .split("\n")
      .map((each) => JSON.parse(each).n),
  ).toContain(1);
  await page.getByRole("button", { name: "Look for newer ones" }).click();
  await expect(log).toContainText("exported the audit log");
});

test("a seconds-long listen stands in the log with its seconds", async ({ page, signIn, ringIn }) => {
  await signIn(page);
  const from = await ringIn();
  const call = page.getByRole("row").filter({ hasText: from.slice(-4) });
  await expect(call).toContainText("the shop open today", { timeout: 45_000 });
  await call.getByRole("link").click();
  await page.locator("[data-word]").first().click();
  await expect
    .poll(() => page.locator("audio").evaluate((audio: HTMLAudioElement) => audio.currentTime))
    .toBeGreaterThan(0.3);
  await openSettings(page, "audit-log");
  await page.getByLabel("What").selectOption("Recording played");
  await expect(page.getByRole("list", { name: "Audit log" }).getByRole("listitem").first()).toContainText(
    /played \d+:\d\d to (\d+:\d\d|its end) of a call’s recording/,
  );
});

test("what two tabs change of the workspace is not lost, and a workspace more is gone to by both", async ({
  page,
  context,
  signIn,
  quietConsole,
}) => {
  quietConsole.allow(/status of 412/);
  await signIn(page, "jorge@members.example");
  const second = await context.newPage();
  await openSettings(page, "workspace");
  await openSettings(second, "workspace");
  await expect(second.getByLabel("Name", { exact: true })).not.toHaveValue("");

  await test.step("the later save is told of the earlier one, and can be laid over it", async () => {
    await second.getByLabel("Keep recordings for, in days").fill("0");
    await second.getByRole("button", { name: "Save changes" }).click();
    await expect(second.getByText("Choose 1 to 3650 days")).toBeVisible();
    await expect(second.getByLabel("Keep recordings for, in days")).toBeFocused();
    await second.getByLabel("Keep recordings for, in days").fill("90");
    await page.getByLabel("Name", { exact: true }).fill("Salinas Heating");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await second.getByRole("button", { name: "Save changes" }).click();
    await expect(second.getByText(/Changed meanwhile by jorge@members.example .*: the name/)).toBeVisible();
    await second.getByRole("button", { name: "Put mine over it" }).click();
    await second.getByRole("button", { name: "Save changes" }).click();
    await expect(second.getByText("Saved.")).toBeVisible();
    await expect(second.getByLabel("Name", { exact: true })).toHaveValue("Salinas Heating");
    await expect(page.getByLabel("Keep recordings for, in days")).toHaveValue("90");
    await expect(page.getByRole("button", { name: "Workspace: Salinas Heating" })).toBeVisible();
  });

  await test.step("a new workspace begins empty, and the other tab goes along", async () => {
    await page.getByRole("button", { name: "Workspace: Salinas Heating" }).click();
    await page.getByRole("menuitem", { name: "Make a workspace…" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Salinas Plumbing");
    await page.getByRole("button", { name: "Make it and go there" }).click();
    await page.waitForURL("**/calls");
    await expect(page.getByRole("button", { name: "Workspace: Salinas Plumbing" })).toBeVisible();
    await expect(second.getByRole("button", { name: "Workspace: Salinas Plumbing" })).toBeVisible();
    await page.getByRole("button", { name: "Workspace: Salinas Plumbing" }).click();
    await page.getByRole("menuitemradio", { name: "Salinas Heating" }).click();
    await expect(page.getByRole("button", { name: "Workspace: Salinas Heating" })).toBeVisible();
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`every section of the settings is accessible in the ${colorScheme} scheme, and fits a phone`, async ({
    page,
    signIn,
  }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme });
    await signIn(page, `ada-${colorScheme}@members.example`);
    await openSettings(page, "profile");
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      for (const [section, heading] of [
        ["Profile and devices", "Devices"],
        ["Members and roles", "Members"],
        ["Numbers", "Numbers"],
        ["API keys", "API keys"],
        ["Workspace", "Workspace"],
        ["Audit log", "Audit log"],
      ] as const) {
        await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: section }).click();
        await expect(page.getByRole("heading", { level: 2, name: heading })).toBeVisible();
        await expect(page.locator("[aria-hidden=true][class*=skeleton]")).toHaveCount(0);
        await expectAccessible(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), section).toBe(
          true,
        );
      }
    }
  });
}
