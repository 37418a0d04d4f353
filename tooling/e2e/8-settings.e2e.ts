import { expect, expectAccessible, test, written } from "./fixtures.ts";
import { openSettings, row } from "./settings-page.ts";

test("a key is shown once, works until it is revoked, and the log has it all", async ({
  page,
  product,
  signIn,
  request,
}) => {
  await signIn(page, "tom@members.example");
  await openSettings(page, "api-keys");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByLabel("Name").fill("Dispatch board");
  await page.getByLabel("Good for").selectOption("30 days");
  await page.getByRole("button", { name: "Make the key" }).click();
  const shown = page.getByRole("dialog").locator("p.receipt");
  const key = ((await shown.textContent()) ?? "").trim();
  const asked = () => request.get(`${product.api}/v1/numbers`, { headers: { authorization: `Bearer ${key}` } });
  expect((await asked()).status()).toBe(200);

  await page.getByRole("button", { name: "I have kept it" }).click();
  await openSettings(page, "api-keys");
  const line = row(page, "API keys", "Dispatch board");
  await expect(line).toContainText(key.slice(0, 8));
  expect(await page.content()).not.toContain(key);

  await line.getByRole("button", { name: "Revoke Dispatch board" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(line).toContainText("revoked");
  expect((await asked()).status()).toBe(401);

  await page.getByRole("link", { name: "Audit log" }).click();
  const log = page.getByRole("list", { name: "Audit log" });
  await expect(log).toContainText("made the API key Dispatch board");
  await expect(log).toContainText("revoked the API key Dispatch board");
  await page.getByLabel("What").selectOption("API key revoked");
  await expect(log.getByRole("listitem")).toHaveCount(1);
  await page.reload();
  await expect(log.getByRole("listitem")).toHaveCount(1);
  await log.getByText("Receipt").click();
  await expect(log).toContainText(/[0-9a-f]{64}/);
  await page.getByRole("button", { name: "Clear filters" }).click();

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export all" }).click();
  const exported = await (await download).createReadStream();
  const text = (await exported.toArray()).join("");
  expect(
    text
      .trim()
      .split("\n")
      .map((each) => JSON.parse(each).n),
  ).toContain(1);
  await page.getByRole("button", { name: "Look for newer ones" }).click();
  await expect(log).toContainText("exported the audit log");
});

test("a seconds-long listen stands in the log with its seconds", async ({ page, signIn, ringIn }) => {
  await signIn(page);
  const from = await ringIn();
  const call = page.getByRole("row").filter({ hasText: written(from) });
  await expect(call).toContainText("the shop open today", { timeout: 45_000 });
  await call.getByRole("link").click();
  await page.locator("[data-word]").first().click();
  await expect
    .poll(() => page.locator("audio").evaluate((audio: HTMLAudioElement) => audio.currentTime))
    .toBeGreaterThan(0.3);
  await openSettings(page, "audit-log");
  await page.getByLabel("What").selectOption("Recording played");
  await expect(page.getByRole("list", { name: "Audit log" }).getByRole("listitem").first()).toContainText(
    /played \d+:\d\d to (\d+:\d\d|its end) of a call’s recording/,
  );
});

test("what two tabs change of the workspace is not lost, and a workspace more is gone to by both", async ({
  page,
  context,
  signIn,
  quietConsole,
}) => {
  quietConsole.allow(/status of 412/);
  await signIn(page, "jorge@members.example");
  const second = await context.newPage();
  await openSettings(page, "workspace");
  await openSettings(second, "workspace");
  await expect(second.getByLabel("Name", { exact: true })).not.toHaveValue("");

  await test.step("the later save is told of the earlier one, and can be laid over it", async () => {
    await second.getByLabel("Origins that may call the API").fill("crm.example.com");
    await second.getByRole("button", { name: "Save changes" }).click();
    await expect(second.getByText("“crm.example.com” is no origin.")).toBeVisible();
    await expect(second.getByLabel("Origins that may call the API")).toBeFocused();
    await second.getByLabel("Origins that may call the API").fill("https://crm.example.com");
    await page.getByLabel("Name", { exact: true }).fill("Salinas Heating");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await second.getByRole("button", { name: "Save changes" }).click();
    await expect(second.getByText(/Changed meanwhile by jorge@members.example .*: the name/)).toBeVisible();
    await second.getByRole("button", { name: "Put mine over it" }).click();
    await second.getByRole("button", { name: "Save changes" }).click();
    await expect(second.getByText("Saved.")).toBeVisible();
    await expect(second.getByLabel("Name", { exact: true })).toHaveValue("Salinas Heating");
    await expect(page.getByLabel("Origins that may call the API")).toHaveValue("https://crm.example.com");
    await expect(page.getByRole("button", { name: "Workspace: Salinas Heating" })).toBeVisible();
  });

  await test.step("a new workspace begins empty, and the other tab goes along", async () => {
    await page.getByRole("button", { name: "Workspace: Salinas Heating" }).click();
    await page.getByRole("menuitem", { name: "Make a workspace…" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Salinas Plumbing");
    await page.getByRole("button", { name: "Make it and go there" }).click();
    await page.waitForURL("**/calls");
    await expect(page.getByRole("button", { name: "Workspace: Salinas Plumbing" })).toBeVisible();
    await expect(second.getByRole("button", { name: "Workspace: Salinas Plumbing" })).toBeVisible();
    await page.getByRole("button", { name: "Workspace: Salinas Plumbing" }).click();
    await page.getByRole("menuitemradio", { name: "Salinas Heating" }).click();
    await expect(page.getByRole("button", { name: "Workspace: Salinas Heating" })).toBeVisible();
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`every section of the settings is accessible in the ${colorScheme} scheme, and fits a phone`, async ({
    page,
    signIn,
  }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme });
    await signIn(page, `ada-${colorScheme}@members.example`);
    await openSettings(page, "profile");
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      for (const [section, heading] of [
        ["Profile and devices", "Devices"],
        ["Members and roles", "Members"],
        ["Numbers", "Numbers"],
        ["API keys", "API keys"],
        ["Workspace", "Workspace"],
        ["Audit log", "Audit log"],
      ] as const) {
        await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: section }).click();
        await expect(page.getByRole("heading", { level: 2, name: heading })).toBeVisible();
        await expect(page.locator("[aria-hidden=true][class*=skeleton]")).toHaveCount(0);
        await expectAccessible(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), section).toBe(
          true,
        );
      }
    }
  });
}
