import { Resend } from "resend";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulators, startEmulators } from "../src/index.ts";
import { door } from "./support/door.ts";

let emulators: Emulators;
let client: Resend;

beforeAll(async () => {
  emulators = await startEmulators({ resend: { requestsPerSecond: 100 } });
  client = new Resend(emulators.resend.apiKey, { baseUrl: emulators.resend.url });
});
afterAll(() => emulators.close());

const mail = {
  from: "Earwitness <no-reply@mail.example.com>",
  to: "ana@example.org",
  subject: "Sign in",
  html: '<p><a href="https://app.example.com/auth?token=a&amp;b=1">Sign in</a></p>',
  text: "Sign in: https://app.example.com/auth?token=a&b=1",
};

async function post(body: unknown, headers: Record<string, string> = {}): Promise<{ status: number; name: string }> {
  const response = await fetch(`${emulators.resend.url}/emails`, {
    method: "POST",
    headers: { authorization: `Bearer ${emulators.resend.apiKey}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const { name = "" }: { name?: string } = JSON.parse(await response.text());
  return { status: response.status, name };
}

test("a mail is accepted, can be read back, and lies in the mailbox", async () => {
  const { data } = await client.emails.send({
    ...mail,
    replyTo: "help@example.com",
    tags: [{ name: "kind", value: "login" }],
  });
  const read = await client.emails.get(data?.id ?? "");
  expect(read.data).toMatchObject({ to: ["ana@example.org"], subject: "Sign in", last_event: "delivered" });
  const { mails } = Object(await door(emulators.control.url).get("/mailbox?to=Ana@example.org"));
  expect(mails[0]).toMatchObject({ id: data?.id, html: mail.html, text: mail.text, reply_to: ["help@example.com"] });
  expect(Object(await door(emulators.control.url).get("/mailbox?to=bob@example.org")).mails).toEqual([]);
});

test("a person reads mails in the browser, with links to click", async () => {
  const { data } = await client.emails.send({ ...mail, subject: "For <people>" });
  const page = async (path: string) =>
    (await fetch(emulators.control.url + path, { headers: { accept: "text/html,*/*" } })).text();
  expect(await page("/mailbox")).toContain("For &lt;people&gt;");
  expect(await page(`/mailbox/${data?.id}`)).toContain('<a href="https://app.example.com/auth?token=a&amp;b=1">');
});

test("the same idempotency key sends once; with another mail it is a conflict", async () => {
  const subject = `Once ${Math.random()}`;
  const options = { idempotencyKey: `key/${subject}` };
  const first = await client.emails.send({ ...mail, subject }, options);
  const second = await client.emails.send({ ...mail, subject }, options);
  expect(second.data?.id).toBe(first.data?.id);
  const { mails } = Object(await door(emulators.control.url).get("/mailbox"));
  expect(mails.filter((kept: { subject: string }) => kept.subject === subject)).toHaveLength(1);
  const other = await client.emails.send({ ...mail, subject: "Another" }, options);
  expect(other.error).toMatchObject({ name: "invalid_idempotent_request", statusCode: 409 });
});

test.each([
  [{ ...mail, to: undefined }, 422, "missing_required_field"],
  [{ ...mail, html: undefined, text: undefined }, 422, "missing_required_field"],
  [{ ...mail, from: "nobody" }, 422, "invalid_from_address"],
  [{ ...mail, to: "nobody" }, 422, "validation_error"],
  [{ ...mail, replyTo: "a@b.co" }, 422, "validation_error"],
  [{ ...mail, scheduled_at: "tomorrow" }, 501, "application_error"],
])("%j is refused", async (body, status, name) => {
  expect(await post(body)).toEqual({ status, name });
});

test("a missing key, a wrong key and a missing User-Agent are refused as the vendor refuses them", async () => {
  expect(await post(mail, { authorization: "Bearer re_wrong" })).toEqual({ status: 403, name: "invalid_api_key" });
  const { request } = await import("node:http");
  const edge = await new Promise<{ status: number | undefined; text: string }>((resolve) => {
    const sent = request(`${emulators.resend.url}/emails`, { method: "POST" }, (response) => {
      response.setEncoding("utf8").on("data", (text: string) => resolve({ status: response.statusCode, text }));
    });
    sent.end();
  });
  expect(edge.status).toBe(403);
  expect(edge.text).toContain("1010");
  const unkeyed = await fetch(`${emulators.resend.url}/emails`, { method: "POST" });
  expect(unkeyed.status).toBe(401);
});

test("too many mails a second are 429 with the vendor's headers", async () => {
  const small = await startEmulators({ resend: { requestsPerSecond: 1 } });
  try {
    const other = new Resend(small.resend.apiKey, { baseUrl: small.resend.url });
    const answers = await Promise.all(Array.from({ length: 3 }, () => other.emails.send(mail)));
    const limited = answers.filter(({ error }) => error !== null);
    expect(limited.length).toBeGreaterThanOrEqual(1);
    expect(limited[0]?.error?.name).toBe("rate_limit_exceeded");
    expect(limited[0]?.headers?.["retry-after"]).toBe("1");
  } finally {
    await small.close();
  }
});

test("an answer that never comes leaves the mail sent", async () => {
  const subject = `Unanswered ${Math.random()}`;
  const control = door(emulators.control.url);
  await control.fault({ target: "resend", effect: "unanswered" });
  await expect(post({ ...mail, subject })).rejects.toThrow();
  const { mails } = Object(await control.get("/mailbox"));
  expect(mails.filter((kept: { subject: string }) => kept.subject === subject)).toHaveLength(1);
});
