import { expect, type Locator, type Page } from "@playwright/test";

/** Goes to a section of the settings by a full load, as somebody does who has its address. */
export async function openSettings(page: Page, section: string) {
  // Away first: an address that differs by its fragment alone loads nothing.
  await page.goto("about:blank");
  await page.goto(`/settings#${section}`);
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
}

/** The row of a list that holds a text. */
export function row(page: Page, list: string, text: string | RegExp): Locator {
  return page.getByRole("list", { name: list }).getByRole("listitem").filter({ hasText: text });
}
