import { expect, expectAccessible, test, written } from "./fixtures.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme} scheme`, () => {
    test.use({ colorScheme });

    for (const path of ["/login", "/login/check-mail#owner@example.com", "/login/confirm", "/login/error"]) {
      test(`${path} is accessible`, async ({ page }) => {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectAccessible(page);
      });
    }

    test("an empty workspace is accessible", async ({ page, signIn }) => {
      await signIn(page, `newcomer-${colorScheme}@members.example`);
      await expect(page.getByRole("heading", { name: /No calls yet/ })).toBeVisible();
      // The checks and the numbers have come back: the page has all that it will have.
      await expect(page.getByRole("button", { name: "Check again" })).toBeVisible();
      await expect(page.getByText("the carrier has not told of one yet")).toBeVisible();
      await expectAccessible(page);
    });

    test("the list, a call, the wall, the settings and the pieces are accessible", async ({ page, signIn, ringIn }) => {
      await signIn(page);
      const from = await ringIn();
      const row = page.getByRole("row").filter({ hasText: written(from) });
      await expect(row).toContainText("the shop open today", { timeout: 45_000 });
      await expectAccessible(page);
      await row.getByRole("link").click();
      await expect(page.locator("[data-word]").first()).toBeVisible();
      await expectAccessible(page);
      for (const path of ["/live", "/settings", "/pieces"]) {
        await page.goto(path);
        await expect(page.getByRole("heading").first()).toBeVisible();
        await expectAccessible(page);
      }
    });
  });
}
