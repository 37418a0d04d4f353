import type { Page } from "@playwright/test";
import { expect, expectAccessible, test, written } from "./fixtures.ts";

/** A call of which the words are there to be searched: "… the shop open today …". */
async function aHeardCall(page: Page, from: string): Promise<void> {
  const row = page.getByRole("row").filter({ hasText: written(from) });
  await expect(row).toContainText("the shop open today", { timeout: 45_000 });
}
const wordsField = (page: Page) => page.getByRole("searchbox", { name: "Words that were said" });
const marked = (page: Page) => page.getByRole("article").locator("mark");

test("a call's words are found, heard where they are found, and opened at their second", async ({
  page,
  signIn,
  ringIn,
}) => {
  await signIn(page);
  const from = await ringIn();
  await aHeardCall(page, from);
  await page.keyboard.press("g");
  await page.keyboard.press("f");
  await page.waitForURL("**/search");
  await expect(page.getByRole("heading", { name: "What was said?" })).toBeVisible();

  await page.goto(`/search?number=${encodeURIComponent(from)}`);
  await wordsField(page).fill('opened "the shop" -refund');
  await expect(marked(page)).toHaveText(["the", "shop", "open"]);
  await expect(page).toHaveURL(/q=opened/);
  await expect(page.getByRole("article")).toContainText(written(from));

  await page.getByRole("button", { name: /^Play from/ }).click();
  const audio = page.locator("audio");
  await expect
    .poll(() => audio.evaluate((sound: HTMLAudioElement) => !sound.paused && sound.currentTime > 0))
    .toBe(true);
  await page.keyboard.press("Escape");
  await page.getByRole("region", { name: "Found calls" }).focus();
  await page.keyboard.press(" ");
  await expect.poll(() => audio.evaluate((sound: HTMLAudioElement) => sound.paused)).toBe(true);

  await page.keyboard.press("Enter");
  await page.waitForURL(/\/calls\/call_\w+\?at=\d+/);
  const startMs = Number(new URL(page.url()).searchParams.get("at"));
  await expect
    .poll(() => page.locator("audio").evaluate((sound: HTMLAudioElement) => Math.round(sound.currentTime * 1_000)))
    .toBe(startMs);
  await page.goBack();
  await expect(wordsField(page)).toHaveValue('opened "the shop" -refund');
});

test("who types fast sees the answer to what they typed last, however late an earlier one comes", async ({
  page,
  signIn,
  ringIn,
}) => {
  await signIn(page);
  const from = await ringIn();
  await aHeardCall(page, from);
  await page.goto(`/search?number=${encodeURIComponent(from)}`);
  let answerFirst = () => {};
  const mayAnswer = new Promise<void>((resolve) => {
    answerFirst = resolve;
  });
  let firstIsOver = Promise.resolve();
  await page.route(/\/search\?.*q=shop(&|$)/, (route) => {
    firstIsOver = (async () => {
      const answer = await route.fetch();
      await mayAnswer;
      // The page may have hung up by now: that is one way of never showing it.
      await route.fulfill({ response: answer }).catch(() => {});
    })();
    return firstIsOver;
  });
  const asked = page.waitForRequest(/\/search\?.*q=shop(&|$)/);
  await wordsField(page).fill("shop");
  await asked;
  await wordsField(page).fill("open");
  await expect(marked(page)).toHaveText(["open"]);
  answerFirst();
  await firstIsOver;
  // One more answer that comes after it has been drawn, so that the late one would have been as well.
  await page.evaluate(() => fetch("/api/v1/me").then(() => new Promise(requestAnimationFrame)));
  await expect(marked(page)).toHaveText(["open"]);
  await expect(page).toHaveURL(/q=open/);
});

const SCREENS = [
  { colorScheme: "light", viewport: { width: 1280, height: 800 } },
  { colorScheme: "dark", viewport: { width: 390, height: 800 } },
] as const;
for (const { colorScheme, viewport } of SCREENS) {
  test.describe(`in the ${colorScheme} scheme, ${viewport.width} px wide`, () => {
    test.use({ colorScheme, viewport });

    test("everything that a search can come to is accessible", async ({ page, signIn, ringIn, quietConsole }) => {
      // A call, and five looks at the whole page.
      test.slow();
      quietConsole.allow(/Failed to load resource.*400/);
      await signIn(page);
      await page.goto("/search");
      await expect(page.getByRole("heading", { name: "What was said?" })).toBeVisible();
      await expectAccessible(page);
      await page.goto("/calls");
      const from = await ringIn();
      await aHeardCall(page, from);
      await page.goto("/search");

      await wordsField(page).fill("zyzzyva");
      await expect(page.getByRole("heading", { name: "Nobody said “zyzzyva” here." })).toBeVisible();
      await expect(page.getByText(/Searched .* in English/)).toBeVisible();
      await expectAccessible(page);

      await wordsField(page).fill(Array.from({ length: 17 }, (_, i) => `w${i}`).join(" "));
      await expect(page.getByRole("heading", { name: "This cannot be looked for" })).toBeVisible();

      await wordsField(page).fill("shop");
      await expect(marked(page).first()).toHaveText("shop");
      await page
        .getByRole("button", { name: /^Play from/ })
        .first()
        .click();
      await expect(page.getByRole("region", { name: "Player" })).toBeVisible();
      await expectAccessible(page);
      const isWider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(isWider, "nothing lies beside the screen").toBe(false);
    });
  });
}

test("a search that does not come back says so, and is asked again", async ({ page, signIn, quietConsole }) => {
  quietConsole.allow(/Failed to load resource.*503/);
  await signIn(page);
  await page.route(/\/api\/v1\/search\?/, (route) => route.fulfill({ status: 503, json: {} }));
  await page.goto("/search?q=zyzzyva");
  await expect(page.getByRole("heading", { name: "The search did not come back" })).toBeVisible();
  await page.unroute(/\/api\/v1\/search\?/);
  await page.getByRole("button", { name: "Load again" }).click();
  await expect(page.getByRole("heading", { name: "Nobody said “zyzzyva” here." })).toBeVisible();
});
