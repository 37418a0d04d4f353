import type { BrowserContext, Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { openSettings, row } from "./settings-page.ts";

/** What an owner does must be true in everybody's open tabs within this. */
const WITHIN_5_S = { timeout: 5_000 };

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
