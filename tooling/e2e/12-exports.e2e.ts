import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import { expect, expectAccessible, test, written } from "./fixtures.ts";
import { openSettings, row } from "./settings-page.ts";

/** Chooses a file of the menu beside what is shown, and waits until it is ready where it is listed. */
async function exported(page: Page, choice: string, name: string): Promise<Download> {
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("menuitem", { name: choice }).click();
  await page.waitForURL(/\/settings\?export=exp_\w+#exports/);
  const file = row(page, "Exports", name).first();
  await expect(file).toContainText("Ready", { timeout: 30_000 });
  const download = page.waitForEvent("download");
  await file.getByRole("button", { name: `Download ${name}` }).click();
  return download;
}

test("the calls on the screen are written as CSV, and fetched when they are ready", async ({
  page,
  signIn,
  ringIn,
}) => {
  await signIn(page);
  const [one, other] = [await ringIn(), await ringIn()];
  for (const from of [one, other]) {
    await expect(page.getByRole("row").filter({ hasText: written(from) })).toBeVisible({ timeout: 30_000 });
  }
  await page.goto(`/calls?number=${encodeURIComponent(one)}`);
  await expect(page.getByRole("row").filter({ hasText: written(one) })).toBeVisible();
  const download = await exported(page, "Calls as a spreadsheet (CSV)", "Calls, CSV");
  expect(download.suggestedFilename()).toMatch(/^calls_\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await download.path(), "utf8");
  const lines = text.trimEnd().split("\r\n");
  expect(lines[0]).toMatch(/^\ufeffcall_id,direction,/);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(`,'${one},`);
  expect(text).not.toContain(other);
  await expectAccessible(page);
});

test("a call is written as a PDF from its page", async ({ page, signIn, ringIn }) => {
  await signIn(page);
  const from = await ringIn();
  const call = page.getByRole("row").filter({ hasText: written(from) });
  await expect(call).toContainText("the shop open today", { timeout: 45_000 });
  await call.getByRole("link").first().click();
  await page.waitForURL(/\/calls\/call_\w+/);
  const callId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const download = await exported(page, "Report (PDF)", "One call, PDF");
  expect(download.suggestedFilename()).toBe(`${callId}.pdf`);
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 8).toString()).toBe("%PDF-1.7");
  expect(bytes.includes("%%EOF")).toBe(true);
});

test("an import of a folder without a table says so", async ({ page, signIn, quietConsole }) => {
  quietConsole.allow(/404/);
  await signIn(page);
  await openSettings(page, "exports");
  await page.getByLabel("Folder").fill("nothing-here");
  await page.getByRole("button", { name: "Start import" }).click();
  await expect(page.getByText(/There is no imports\/ws_\w+\/nothing-here\/calls\.csv in the storage/)).toBeVisible();
});
