import { isDeepStrictEqual } from "node:util";
import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, test, written } from "./fixtures.ts";

/** What is said on the call that is watched: longer than anybody watches it, so that it ends when it is hung up. */
const LINES = [
  { speaker: "caller", text: "Hello, my radiator is dripping." },
  { speaker: "agent", text: "Is it the radiator itself or the pipe?", pauseBeforeMs: 1_000 },
  ...["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"].flatMap((number) => [
    { speaker: "caller", text: `There is bowl number ${number} under it.`, pauseBeforeMs: 5_000 },
    { speaker: "agent", text: "Thank you, please go on.", pauseBeforeMs: 3_000 },
  ]),
];

// Words and buttons need time as people have it.
test.beforeEach(async ({ request, product }) => {
  await request.post(`${product.control}/pace`, { data: { pace: 1 } });
});
test.afterEach(async ({ request, product }) => {
  await request.post(`${product.control}/pace`, { data: { pace: 10 } });
});

/** Presses what has just changed, after the time that a person needs to see it: sooner, the press means what stood there before. */
async function press(button: Locator) {
  await expect(button).toBeVisible();
  await button.page().waitForTimeout(500);
  await button.click();
}

/** What has settled on the screen, line by line. */
const settled = (page: Page) => page.locator("[data-caption]:not([data-open]) p").allInnerTexts();

test("two browsers watch one call, one pauses its recording, and both see the same", async ({
  page,
  browser,
  product,
  signIn,
  ringIn,
}) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ colorScheme: "dark" });
  const second = await browser.newContext({ baseURL: product.web, colorScheme: "light" });
  const errors: string[] = [];
  second.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  const other = await second.newPage();
  await signIn(page);
  await signIn(other);

  await page.getByRole("link", { name: "Live", exact: true }).click();
  await page.waitForURL("**/live");
  const from = await ringIn({ script: { title: "A drip", lines: LINES } });

  await test.step("the call appears by itself, and its words with it", async () => {
    await expect(page.getByRole("region", { name: "Calls now" })).toContainText(written(from));
    await expect(page.getByRole("list", { name: "Captions" })).toContainText(/radiator is dripping/i, {
      timeout: 30_000,
    });
  });

  await test.step("somebody joins in mid-call on the call's own page, and has all that was said", async () => {
    await page
      .locator("#talk")
      .getByRole("link", { name: written(from) })
      .click();
    await page.waitForURL("**/calls/call_*");
    await other.goto(page.url());
    await expect.poll(() => settled(other)).toContainEqual(expect.stringMatching(/radiator is dripping/i));
  });

  await test.step("one pauses the recording, both are told", async () => {
    await page.getByRole("button", { name: "Pause recording" }).click();
    await expect(page.getByRole("button", { name: "Resume recording" })).toBeVisible();
    await expect(other.getByRole("button", { name: "Resume recording" })).toBeVisible();
    await expect(other.getByText(/Recording paused since/)).toBeVisible();
    await press(other.getByRole("button", { name: "Resume recording" }));
    await expect(page.getByRole("button", { name: "Pause recording" })).toBeVisible();
    await expect(page.getByText(/Nothing of it was recorded/)).toBeVisible();
  });

  await test.step("a reload in mid-call leaves no hole", async () => {
    const before = await settled(page);
    await other.reload();
    // Until something was said that neither had heard before.
    await expect.poll(async () => (await settled(other)).length, { timeout: 30_000 }).toBeGreaterThan(before.length);
    await expect.poll(async () => isDeepStrictEqual(await settled(other), await settled(page))).toBe(true);
    expect((await settled(other)).slice(0, before.length)).toEqual(before);
    await expect(page.getByText(/\d\sms$/).first()).toBeVisible();
  });

  await test.step("it is accessible in both schemes, words and all", async () => {
    await expectAccessible(page);
    await expectAccessible(other);
  });

  await test.step("one holds the call, the other sees it held and listens in", async () => {
    await page.getByRole("button", { name: "Hold", exact: true }).click();
    await expect(other.getByRole("button", { name: "On hold" })).toBeVisible();
    await press(page.getByRole("button", { name: "On hold" }));
    await expect(other.getByRole("button", { name: "Hold", exact: true })).toBeVisible();
    await other.getByRole("button", { name: "Listen in" }).click();
    await expect(other.getByRole("button", { name: "Listening in" })).toBeVisible();
    await other.getByRole("button", { name: "Listening in" }).click();
    await expect(other.getByRole("button", { name: "Listen in" })).toBeVisible();
  });

  await test.step("a note is kept at its moment", async () => {
    await other.getByLabel(/^Note at/).fill("Corner valve");
    await other.keyboard.press("Enter");
    await expect(other.getByText(/Note kept at/)).toBeVisible();
    await expect(page.getByRole("list", { name: "Captions" })).toContainText("Corner valve");
  });

  await test.step("after the end, each second is accounted for", async () => {
    await page.getByRole("button", { name: "Hang up" }).click();
    await page.getByRole("alertdialog").or(page.getByRole("dialog")).getByRole("button", { name: "Hang up" }).click();
    await expect(page.getByRole("button", { name: "Call back" })).toBeVisible();
    const coverage = page.getByRole("region", { name: "Coverage", exact: true });
    await expect(coverage).toContainText("Paused on purpose");
    await expect(coverage).toContainText(/Missing0\.\d\d/);
  });
  await second.close();
  expect(errors).toEqual([]);
});
