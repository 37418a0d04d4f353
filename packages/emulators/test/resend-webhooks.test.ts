import { Hono } from "hono";
import { Resend } from "resend";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { listen, type NodeBindings } from "../src/http/listen.ts";
import { type Emulators, startEmulators } from "../src/index.ts";
import { door } from "./support/door.ts";

interface Arrived {
  readonly headers: Record<string, string>;
  readonly body: string;
}

const Event = z.looseObject({
  type: z.string(),
  data: z.looseObject({ email_id: z.string(), tags: z.unknown().optional() }),
});

let emulators: Emulators;
let client: Resend;
const arrived: Arrived[] = [];
/** What the next notices are answered; 200 once they are used up. */
let answers: number[] = [];
let close: () => Promise<void>;

beforeAll(async () => {
  const app = new Hono<NodeBindings>();
  app.post("*", async (c) => {
    arrived.push({ headers: c.req.header(), body: await c.req.text() });
    return new Response(null, { status: answers.shift() ?? 200 });
  });
  const listener = await listen(app, "127.0.0.1", 0);
  close = () => listener.close();
  emulators = await startEmulators({
    resend: { requestsPerSecond: 100, webhookUrl: `${listener.url}/hooks`, webhookRetriesMs: [50, 50] },
  });
  client = new Resend(emulators.resend.apiKey, { baseUrl: emulators.resend.url });
});
afterAll(async () => {
  await emulators.close();
  await close();
});

/** Sends a mail and gives its id. */
async function send(to: string): Promise<string> {
  const { data } = await client.emails.send({
    from: "Earwitness <no-reply@mail.example.com>",
    to,
    subject: "Hello",
    text: "Hello",
    tags: [{ name: "mail", value: "mail_1" }],
  });
  return data?.id ?? "";
}

const of = (id: string) => arrived.filter(({ body }) => Event.parse(JSON.parse(body)).data.email_id === id);
const typesOf = (id: string) => of(id).map(({ body }) => Event.parse(JSON.parse(body)).type);

test.each([
  ["ana@example.org", ["email.sent", "email.delivered"]],
  ["delivered+login@resend.dev", ["email.sent", "email.delivered"]],
  ["bounced@resend.dev", ["email.sent", "email.bounced"]],
  ["Ana <complained+x@resend.dev>", ["email.sent", "email.delivered", "email.complained"]],
  ["suppressed@resend.dev", ["email.suppressed"]],
])("what becomes of a mail to %s is told: %j", async (to, types) => {
  const id = await send(to);
  await expect.poll(() => typesOf(id)).toEqual(types);
  expect((await client.emails.get(id)).data?.last_event).toBe(types.at(-1)?.replace("email.", ""));
});

test("a notice is verified by the vendor's own library, with its tags as an object", async () => {
  const id = await send("bounced@resend.dev");
  await expect.poll(() => of(id).length).toBe(2);
  for (const { headers, body } of of(id)) {
    const signed = {
      payload: body,
      headers: {
        id: headers["svix-id"] ?? "",
        timestamp: headers["svix-timestamp"] ?? "",
        signature: headers["svix-signature"] ?? "",
      },
      webhookSecret: emulators.resend.webhookSecret,
    };
    expect(client.webhooks.verify(signed)).toMatchObject({ data: { email_id: id, tags: { mail: "mail_1" } } });
    expect(() => client.webhooks.verify({ ...signed, payload: `${body} ` })).toThrow();
  }
  expect(JSON.parse(of(id)[1]?.body ?? "")).toMatchObject({ data: { bounce: { type: "Permanent" } } });
});

test("a notice that is not taken comes again with its id, signed anew", async () => {
  answers = [503, 500];
  const id = await send("suppressed@resend.dev");
  await expect.poll(() => of(id).length).toBe(3);
  expect(new Set(of(id).map(({ headers }) => headers["svix-id"])).size).toBe(1);
  const { resend } = Object(await door(emulators.control.url).get("/webhooks"));
  expect(resend[0]).toMatchObject({
    mailId: id,
    event: "email.suppressed",
    statuses: [503, 500, 200],
    state: "delivered",
  });
});

test("the same mail by the same key is told of once", async () => {
  const options = { idempotencyKey: `key/${crypto.randomUUID()}` };
  const mail = { from: "a@b.example", to: "suppressed@resend.dev", subject: "Once", text: "x" };
  const { data } = await client.emails.send(mail, options);
  await client.emails.send(mail, options);
  const later = await send("suppressed@resend.dev");
  await expect.poll(() => of(later).length).toBe(1);
  expect(of(data?.id ?? "")).toHaveLength(1);
});

test("notices are lost and doubled as one asks", async () => {
  await door(emulators.control.url).fault({ target: "mail_notice", effect: "drop", match: { event: "email.sent" } });
  await door(emulators.control.url).fault({
    target: "mail_notice",
    effect: "duplicate",
    match: { event: "email.delivered" },
  });
  const id = await send("ana@example.org");
  await expect.poll(() => typesOf(id)).toEqual(["email.delivered", "email.delivered"]);
  expect(new Set(of(id).map(({ headers }) => headers["svix-id"])).size).toBe(1);
});
