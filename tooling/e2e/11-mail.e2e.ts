import { withClient } from "@earwitness/local-postgres";
import type { APIRequestContext, Page } from "@playwright/test";
import { z } from "zod";
import type { Addresses } from "./addresses.ts";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { openSettings } from "./settings-page.ts";

/** Who reads what is written by the form, as the local stack is set up. */
const CONTACT_TO = "contact@example.com";

const Mailbox = z.object({
  mails: z.array(
    z.object({
      subject: z.string(),
      text: z.string(),
      reply_to: z.array(z.string()).optional(),
      headers: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
type Mail = z.infer<typeof Mailbox>["mails"][number];

async function mailsTo(request: APIRequestContext, { control }: Addresses, to: string): Promise<Mail[]> {
  return Mailbox.parse(await (await request.get(`${control}/mailbox?to=${to}`)).json()).mails;
}

async function write(page: Page, message: { name: string; email: string; text: string }): Promise<void> {
  await page.getByLabel("Your name").fill(message.name);
  await page.getByLabel("Your e-mail").fill(message.email);
  await page.getByLabel("Message").fill(message.text);
  await page.getByRole("button", { name: "Send" }).click();
}

test("a visitor writes, sees it sent, and it lies in the mailbox with whom to answer", async ({
  page,
  product,
  request,
}) => {
  const email = `${crypto.randomUUID()}@visitor.example`;
  await page.goto("/login");
  await page.getByRole("link", { name: "Write to us" }).click();
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("Say who you are.")).toBeVisible();
  await expect(page.getByLabel("Your name")).toBeFocused();
  await write(page, { name: "Ana Ruiz", email, text: "Do you record in Spanish?\n<b>Thank you</b>" });
  await expect(page.getByRole("heading", { name: "Sent" })).toBeVisible();
  await expect(page.getByText(email)).toBeVisible();
  await expectAccessible(page);
  const mail = (await mailsTo(request, product, CONTACT_TO)).find(({ reply_to }) => reply_to?.includes(email));
  expect(mail?.subject).toBe("Ana Ruiz wrote by the contact form");
  expect(mail?.text).toContain("Do you record in Spanish?\n<b>Thank you</b>");
});

test("a message that the mail service refuses is told to be unsent, and can be sent again as it is", async ({
  page,
  product,
  request,
}) => {
  const email = `${crypto.randomUUID()}@visitor.example`;
  const fault = { target: "resend", effect: "status", status: 422, match: { path: "/emails" } };
  expect((await request.post(`${product.control}/faults`, { data: fault })).ok()).toBe(true);
  await page.goto("/contact");
  await write(page, { name: "Ben Okafor", email, text: "Hello" });
  await expect(page.getByRole("heading", { name: "Not sent" })).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByLabel("Message")).toHaveValue("Hello");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("heading", { name: "Sent" })).toBeVisible();
  const mails = (await mailsTo(request, product, CONTACT_TO)).filter(({ reply_to }) => reply_to?.includes(email));
  expect(mails).toHaveLength(1);
});

test("the digest comes, its link says no to more by a button, and the settings bring it back", async ({
  page,
  product,
  request,
  signIn,
}) => {
  const email = `${crypto.randomUUID()}@digest.example`;
  await signIn(page, email);
  // A workspace is told of no week before it was made.
  await withClient(product.databaseUrl, async (client) => {
    await client.query("select set_config('app.actor', 'system', false)");
    await client.query(
      `update workspaces set created_at = now() - interval '14 days' where id =
        (select m.workspace_id from memberships m join users u on u.id = m.user_id where u.email = $1)`,
      [email],
    );
  });

  await test.step("a mail that the service refused is work that waits for somebody", async () => {
    const fault = { target: "resend", effect: "status", status: 422, match: { path: "/emails" } };
    expect((await request.post(`${product.control}/faults`, { data: fault })).ok()).toBe(true);
    const dead = async () => {
      const answer = await page.request.get(`${product.web}/api/v1/ops`);
      const { deadGroups } = z.object({ deadGroups: z.array(z.object({ count: z.int() })) }).parse(await answer.json());
      return deadGroups.reduce((sum, { count }) => sum + count, 0);
    };
    // The form's, which is of no workspace, is there already.
    const before = await dead();
    const invited = await asPage(page, product, "/invitations", { email: `guest-${email}`, role: "viewer" });
    expect(invited.status()).toBe(201);
    await expect.poll(dead).toBe(before + 1);
  });

  const digests = async () =>
    (await mailsTo(request, product, email)).filter(({ text }) => text.includes("Work that was given up: 1"));
  await test.step("run by hand, twice, it comes once", async () => {
    for (let times = 0; times < 2; times++) {
      expect((await asPage(page, product, "/crons/digest/run")).status()).toBe(202);
    }
    await expect.poll(async () => (await digests()).length, { timeout: 20_000 }).toBe(1);
  });

  const [digest] = await digests();
  expect(digest?.headers?.["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
  const oneClick = /^<(https?:[^>]+)>$/.exec(digest?.headers?.["List-Unsubscribe"] ?? "")?.[1] ?? "";
  const wantsDigest = page.getByRole("switch", { name: /digest/ });

  await test.step("opened, the link changes nothing; its button does", async () => {
    await page.goto(oneClick);
    await page.waitForURL(`${product.web}/unsubscribe**`);
    await expect(page.getByText("You would get the week’s digest no more.")).toBeVisible();
    await expectAccessible(page);
    await openSettings(page, "profile");
    await expect(wantsDigest).toBeChecked();
    await page.goto(/https?:\/\/\S+\/unsubscribe#\S+/.exec(digest?.text ?? "")?.[0] ?? "");
    await page.getByRole("button", { name: "Send no more" }).click();
    await expect(page.getByRole("heading", { name: "Done" })).toBeVisible();
    await expect(page.getByText(email)).toBeVisible();
  });

  await test.step("in the settings it is off, and on again at a press", async () => {
    await openSettings(page, "profile");
    await expect(wantsDigest).not.toBeChecked();
    await wantsDigest.click();
    await expect(wantsDigest).toBeChecked();
    await page.reload();
    await expect(wantsDigest).toBeChecked();
  });

  await test.step("a mailbox says no for its owner without opening anything", async () => {
    const answer = await request.post(oneClick, { form: { "List-Unsubscribe": "One-Click" } });
    expect(answer.status()).toBe(200);
    await page.reload();
    await expect(wantsDigest).not.toBeChecked();
  });
});

test("a link that is cut says so", async ({ page, quietConsole }) => {
  quietConsole.allow(/status of 404/);
  await page.goto("/unsubscribe");
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await page.goto("/unsubscribe#token=cut&kind=digest");
  await page.reload();
  await page.getByRole("button", { name: "Send no more" }).click();
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    test(`the form and the link's page in ${colorScheme}, ${viewport.width} px wide`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      for (const path of ["/contact", "/unsubscribe#token=t&kind=digest"]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectAccessible(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, path).toBeLessThanOrEqual(0);
      }
    });
  }
}

/** Asks the API as the page's own script would. */
function asPage(page: Page, { web }: Addresses, path: string, data?: object) {
  return page.request.post(`${web}/api/v1${path}`, { headers: { origin: web }, ...(data !== undefined && { data }) });
}
