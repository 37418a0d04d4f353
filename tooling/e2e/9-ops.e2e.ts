import { withClient } from "@earwitness/local-postgres";
import { newId } from "@earwitness/shared";
import { expect, expectAccessible, test } from "./fixtures.ts";

const OPS = { name: "How the system does" } as const;

for (const colorScheme of ["light", "dark"] as const) {
  test(`the machinery is shown, and is accessible in the ${colorScheme} scheme`, async ({ page, signIn }) => {
    await page.emulateMedia({ colorScheme });
    await signIn(page);
    // The keys come a moment after the page.
    await expect(async () => {
      await page.keyboard.press("g");
      await page.keyboard.press("o");
      await page.waitForURL("**/ops", { timeout: 1_000 });
    }).toPass();
    const ops = page.getByRole("region", OPS);
    await expect(ops.getByRole("row", { name: /^recordings/ })).toContainText("audio into R2");
    await expect(ops.getByRole("row", { name: /^facts facts into Postgres \d/ })).toBeVisible();
    await expect(ops.getByRole("row", { name: /^sweep/ })).toContainText("every minute");
    await expect(ops.getByRole("heading", { name: "Storage" })).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
}

test("a job that the carrier refuses is a dead letter, and is gone once it has been run again", async ({
  page,
  product,
  request,
  signIn,
}) => {
  await signIn(page);
  const fault = { target: "telnyx", effect: "status", status: 403, match: { path: "/phone_numbers" }, times: 20 };
  expect((await request.post(`${product.control}/faults`, { data: fault })).ok()).toBe(true);
  const origin = { origin: product.web };
  expect((await page.request.post("/api/v1/numbers/sync", { headers: origin })).status()).toBe(202);

  await page.goto("/ops");
  // Those of no workspace, which other tests have left, are in the list as well.
  const letters = page.getByRole("list", { name: "Dead letters" }).getByRole("listitem");
  const dead = letters.filter({ hasText: "Sync numbers" });
  await expect(page.getByRole("link", { name: /^Ops/ })).toContainText("a hand");
  await dead.getByRole("button", { name: /^Show the job/ }).click();
  await expect(dead.getByRole("list", { name: "Jobs of this cause" })).toContainText("1 attempt");
  await expectAccessible(page);

  expect((await request.delete(`${product.control}/faults`)).ok()).toBe(true);
  await dead.getByRole("button", { name: "Run again" }).first().click();
  await expect(dead).toHaveCount(0);
});

test("messages that a queue gave up are dealt with together, by queue and cause", async ({ page, product, signIn }) => {
  const facts = { room: newId("call"), upTo: 1 };
  const letters: unknown[][] = [
    [newId("request"), "earwitness-facts", facts, "Every delivery failed. The last one: it was away."],
    [newId("request"), "earwitness-facts", facts, "Every delivery failed. The last one: it was away."],
    [newId("request"), "earwitness-jobs-dead", { jobId: newId("job") }, "Every delivery failed."],
  ];
  await withClient(product.databaseUrl, async (client) => {
    const insert = "insert into dead_letters (id, queue, body, reason) values ($1, $2, $3, $4)";
    for (const letter of letters) await client.query(insert, letter);
  });
  await signIn(page);
  await page.goto("/ops");
  const dead = page.getByRole("list", { name: "Dead letters" }).getByRole("listitem");
  const ofFacts = dead.filter({ hasText: "earwitness-facts" });
  await expect(ofFacts).toContainText("2 messages");
  await expectAccessible(page);
  await ofFacts.getByRole("button", { name: "Send all 2 again" }).click();
  await expect(ofFacts).toHaveCount(0);

  const ofJobs = dead.filter({ hasText: "earwitness-jobs-dead" });
  await ofJobs.getByRole("button", { name: "Send again" }).click();
  await expect(ofJobs.getByRole("alert")).toContainText("1 message cannot be sent again");
  await ofJobs.getByRole("button", { name: "Dismiss…" }).click();
  const asked = page.getByRole("dialog", { name: "Dismiss 1 message?" });
  await expect(asked).toContainText("sent again by id");
  await expectAccessible(page);
  await asked.getByRole("button", { name: "Dismiss" }).click();
  await expect(ofJobs).toHaveCount(0);
});

test("a scheduled work runs when somebody asks for it, and updates can be held still", async ({ page, signIn }) => {
  await signIn(page);
  await page.goto("/ops");
  const row = page.getByRole("region", OPS).getByRole("row", { name: /^expire/ });
  await row.getByRole("button", { name: "Run now: expire" }).click();
  await expect(row).toContainText("by hand");

  const pause = page.getByRole("button", { name: "Pause updates" });
  await pause.click();
  await expect(pause).toHaveAttribute("aria-pressed", "true");
  let asked = 0;
  await page.route("**/api/v1/ops", async (route) => {
    asked++;
    await route.continue();
  });
  await pause.click();
  await expect.poll(() => asked).toBeGreaterThan(0);
});

test("a screen that cannot be brought up to date says how old it is", async ({ page, quietConsole, signIn }) => {
  quietConsole.allow(/503/);
  await signIn(page);
  await page.goto("/ops");
  await expect(page.getByText(/^updates by itself, /)).toBeVisible();
  await page.route("**/api/v1/ops", (route) => route.fulfill({ status: 503, json: {} }));
  await expect(page.getByText(/This page is .* old\./)).toBeVisible({ timeout: 45_000 });
});

test("what is not for one's role says so", async ({ page, signIn }) => {
  await signIn(page);
  await page.route("**/api/v1/me", async (route) => {
    const answer = await route.fetch();
    const me: unknown = await answer.json();
    if (typeof me !== "object" || me === null) throw new Error("That is nobody.");
    await route.fulfill({ response: answer, json: { ...me, may: ["calls:read"] } });
  });
  await page.goto("/ops");
  await expect(page.getByRole("heading", { name: "Ops: not for your role" })).toBeVisible();
});
