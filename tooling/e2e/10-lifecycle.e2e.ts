import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { openSettings, row } from "./settings-page.ts";

test.setTimeout(120_000);

/** Rings in, waits until the call is over, and opens its page. */
async function openEndedCall(page: Page, from: string): Promise<string> {
  let id = "";
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(`/api/v1/calls?number=${encodeURIComponent(from)}`);
        const call = (await answer.json()).calls[0];
        id = call?.id ?? "";
        return call?.state;
      },
      { timeout: 45_000 },
    )
    .toBe("ended");
  await page.goto(`/calls/${id}`);
  await expect(page.getByRole("button", { name: "More for this call" })).toBeVisible();
  return id;
}

async function choose(page: Page, action: string) {
  await page.getByRole("button", { name: "More for this call" }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

test("a call that is deleted is gone from the list, and is had back by one press or from the trash", async ({
  page,
  signIn,
  ringIn,
  quietConsole,
}) => {
  // The page of a call that is gone asks for it once.
  quietConsole.allow(/status of 404/);
  await signIn(page);
  const id = await openEndedCall(page, await ringIn());
  const inList = page.locator(`a[href="/calls/${id}"]`);

  await test.step("undone in one press", async () => {
    await choose(page, "Delete");
    await page.waitForURL("**/calls");
    await expect(page.getByText(/is in the trash\.$/)).toBeVisible();
    await expect(inList).toHaveCount(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(inList.first()).toBeVisible();
    await expect(page.getByText(/is in the trash\.$/)).toHaveCount(0);
  });

  await test.step("restored from the trash", async () => {
    await page.goto(`/calls/${id}`);
    await choose(page, "Delete");
    await page.waitForURL("**/calls");
    await expect(inList).toHaveCount(0);
    await page.goto(`/calls/${id}`);
    await expect(page.getByRole("heading", { name: "No such call here" })).toBeVisible();
    await openSettings(page, "trash");
    const restore = page.getByRole("list", { name: "Calls in the trash" }).getByRole("button", { name: /^Restore/ });
    await expectAccessible(page);
    await restore.first().click();
    await expect(page.getByText("Nothing in the trash")).toBeVisible();
    await page.goto(`/calls/${id}`);
    await expect(page.getByRole("button", { name: "More for this call" })).toBeVisible();
  });
});

test("a call that is held cannot be deleted until it is released, and rules count before they are saved", async ({
  page,
  signIn,
  ringIn,
}) => {
  await signIn(page);
  await openEndedCall(page, await ringIn());

  await test.step("held from its page", async () => {
    await choose(page, "Place a legal hold…");
    await page.getByRole("button", { name: "Place the hold" }).click();
    await expect(page.getByText("Say what it is held for.")).toBeVisible();
    await page.getByLabel("Why").fill("Acme v. Us");
    await page.getByRole("button", { name: "Place the hold" }).click();
    await expect(page.getByText("On legal hold: “Acme v. Us”. Nothing of it is deleted.")).toBeVisible();
    await page.getByRole("button", { name: "More for this call" }).click();
    await expect(page.getByRole("menuitem", { name: "Delete" })).toHaveCount(0);
    await page.keyboard.press("Escape");
  });

  await test.step("counted by rules that are not saved yet", async () => {
    await openSettings(page, "retention");
    await expectAccessible(page);
    await expect(page.getByText(/: nothing goes\./)).toBeVisible();
    await page.getByLabel("Sound, in days").fill("0");
    await page.getByRole("button", { name: "Save the rules" }).click();
    await expect(page.getByText("Choose 1 to 3650 days")).toBeVisible();
    await expect(page.getByLabel("Sound, in days")).toBeFocused();
    await page.getByLabel("Sound, in days").fill("365");
    await page.getByRole("button", { name: "Save the rules" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
  });

  await test.step("released", async () => {
    await row(page, "Legal holds", "Acme v. Us")
      .getByRole("button", { name: /^Release/ })
      .click();
    await page.getByRole("dialog").getByRole("button", { name: "Release" }).click();
    await expect(page.getByText("Nothing is held")).toBeVisible();
  });
});
