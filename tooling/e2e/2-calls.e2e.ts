import { expect, test, written } from "./fixtures.ts";

test("a call appears in the open list, and its row tells its story", async ({ page, signIn, ringIn }) => {
  await signIn(page);
  const from = await ringIn();
  const row = page.getByRole("row").filter({ hasText: written(from) });
  await expect(row).toBeVisible();
  await expect(row).toContainText("the shop open today", { timeout: 45_000 });
});

test("a call's address leads to it, also when it is typed in", async ({ page, signIn, ringIn }) => {
  await signIn(page);
  const from = await ringIn();
  await page
    .getByRole("row")
    .filter({ hasText: written(from) })
    .getByRole("link")
    .click();
  await page.waitForURL("**/calls/call_*");
  await page.reload();
  await expect(page.locator("[data-word]").first()).toBeVisible({ timeout: 45_000 });
  await page.goBack();
  await expect(page.getByRole("row").filter({ hasText: written(from) })).toBeVisible();
});

test("nobody gets in without signing in, and another workspace's call does not exist", async ({
  page,
  browser,
  product,
  signIn,
  ringIn,
}) => {
  await signIn(page);
  const from = await ringIn();
  await page
    .getByRole("row")
    .filter({ hasText: written(from) })
    .getByRole("link")
    .click();
  await page.waitForURL("**/calls/call_*");
  const address = page.url();

  const stranger = await browser.newContext({ baseURL: product.web });
  const theirs = await stranger.newPage();
  await theirs.goto(address);
  await theirs.waitForURL("**/login**");
  await signIn(theirs, "stranger@example.com");
  const answer = await theirs.request.get(new URL(address).pathname.replace("/calls/", "/api/v1/calls/"));
  expect(answer.status()).toBe(404);
  await stranger.close();
});

test("the pages are served with a policy that allows no inline code", async ({ request }) => {
  for (const path of ["/login", "/calls", "/calls/call_01h455vb4pex5vsknk084sn02q", "/settings"]) {
    const response = await request.get(path);
    expect(response.status(), path).toBe(200);
    const policy = response.headers()["content-security-policy"] ?? "";
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).not.toContain("unsafe-inline");
    expect(policy, path).not.toContain("unsafe-eval");
  }
  expect((await request.get("/no-such-page")).status()).toBe(404);
});
