import { requestSignInLink } from "../src/session/sign-in.ts";
import { expect, test } from "./fixtures.ts";

// The way of somebody who has never been here: a link by mail, an empty workspace, one call, its words.
test("from an empty workspace to the second that a word was said in", async ({ page, product, request }) => {
  await test.step("asks for a link and signs in with it", async () => {
    await page.goto("/login");
    await page.getByLabel("Work e-mail").fill("owner@example.com");
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(/mail/i);
    // A job sends it: in a moment, not at once.
    const newest = async () => {
      const { mails } = await (await request.get(`${product.control}/mailbox?to=owner@example.com`)).json();
      return /https?:\/\/\S+\/login\/confirm\S+/.exec(mails[0]?.text ?? "")?.[0] ?? "";
    };
    await expect.poll(newest).not.toBe("");
    await page.goto(await newest());
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/calls");
  });

  await test.step("places the test call and watches it go through", async () => {
    await expect(page.getByRole("heading", { name: /No calls yet/ })).toBeVisible();
    await page.getByLabel("Ring this phone").fill("+1 415 555 0188");
    await page.getByRole("button", { name: "Ring it" }).click();
    await expect(page.getByText("It went through, from the ring to the transcript.")).toBeVisible({ timeout: 45_000 });
    await page.getByRole("link", { name: "Open the call" }).click();
    await page.waitForURL("**/calls/call_*");
  });

  await test.step("clicks a word and hears it", async () => {
    const words = page.locator("[data-word]");
    await expect(words.first()).toBeVisible();
    const word = words.nth(Math.floor((await words.count()) / 2));
    const seconds = Number(await word.getAttribute("data-seek")) / 1000;
    expect(seconds).toBeGreaterThan(1);
    // Both are listened for beforehand: the sound goes on at once, and a short word is over in a tenth of a second.
    const jumpedTo = page
      .locator("audio")
      .evaluate(
        (audio: HTMLAudioElement) =>
          new Promise<number>((done) =>
            audio.addEventListener("seeked", () => done(audio.currentTime), { once: true }),
          ),
      );
    const lit = word.evaluate(
      (element) =>
        new Promise<boolean>((done) => {
          const look = () => element.hasAttribute("data-now") && done(true);
          new MutationObserver(look).observe(element, { attributes: true });
        }),
    );
    await word.click();
    expect(Math.abs((await jumpedTo) - seconds)).toBeLessThan(0.05);
    expect(await lit).toBe(true);
    await expect
      .poll(() => page.locator("audio").evaluate((audio: HTMLAudioElement) => audio.currentTime))
      .toBeGreaterThan(seconds + 0.2);
  });
});

test("a link works once", async ({ page, product, quietConsole }) => {
  quietConsole.allow(/status of 422/);
  const link = await requestSignInLink({
    apiUrl: product.api,
    mailboxUrl: product.control,
    email: "somebody-else@example.com",
  });
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/calls");
  // Away from the page first: what it asks for without its cookie would be refused, in the console's hearing.
  await page.goto("about:blank");
  await page.context().clearCookies();
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
});
