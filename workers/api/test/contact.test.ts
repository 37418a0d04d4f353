import { contacts, jobs, mails } from "@earwitness/db/schema";
import { AcceptedContact, type JobId, MailId, newId } from "@earwitness/shared";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";
import { API_BINDINGS } from "./setup/api-bindings.ts";
import { problemIn, request } from "./setup/browser.ts";
import { asSystem, readRows } from "./setup/database.ts";

const aMessage = (changed: object = {}) => ({
  name: "Ana Ruiz",
  email: `${crypto.randomUUID()}@visitor.example`,
  text: "Do you record calls in Spanish?\nThank you.",
  ...changed,
});

function post(body: object, headers: Record<string, string> = {}): Promise<Response> {
  return request("/v1/contact", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

const keptFrom = (email: string) => readRows(({ db }) => db.select().from(contacts).where(eq(contacts.email, email)));

/** The mail that a job sends. */
async function mailOf(jobId: JobId) {
  const [job] = await readRows(({ db }) => db.select().from(jobs).where(eq(jobs.id, jobId)));
  const { mailId } = z.object({ mailId: MailId }).parse(job?.payload);
  const [mail] = await readRows(({ db }) => db.select().from(mails).where(eq(mails.id, mailId)));
  if (mail === undefined) throw new Error("The job sends no mail that there is.");
  return mail;
}

const statusOf = (jobId: string, token: string) => request(`/v1/contact/${jobId}?token=${encodeURIComponent(token)}`);

test("a message is kept, and mailed by a job to whoever reads such mail", async () => {
  expect(await (await request("/v1/contact")).json()).toEqual({ isOpen: true });
  const message = aMessage();
  const response = await post(message);
  expect(response.status).toBe(202);
  const { jobId, token } = AcceptedContact.parse(await response.json());
  const [kept] = await keptFrom(message.email);
  expect(kept).toMatchObject({ ...message, jobId });
  const [job] = await readRows(({ db }) => db.select().from(jobs).where(eq(jobs.id, jobId)));
  expect(job).toMatchObject({ kind: "mail.send", workspaceId: null, state: "queued" });
  const mail = await mailOf(jobId);
  expect(mail).toMatchObject({ kind: "contact", to: API_BINDINGS.CONTACT_TO, about: { contactId: kept?.id } });
  expect(await (await statusOf(jobId, token)).json()).toEqual({ state: "queued" });
});

test("whoever wrote it hears whether it went out", async () => {
  const at = new Date();
  for (const [outcome, state] of [
    [{ state: "sent", providerMailId: "re_1", at }, "sent"],
    [{ state: "rejected", reason: "The service refused it.", at }, "failed"],
  ] as const) {
    const { jobId, token } = AcceptedContact.parse(await (await post(aMessage())).json());
    const { id } = await mailOf(jobId);
    await asSystem((tx) => tx.mails.settle(id, outcome));
    expect(await (await statusOf(jobId, token)).json()).toEqual({ state });
  }
});

test("nobody learns of a job without the token of that very message", async () => {
  const [one, other] = [await post(aMessage()), await post(aMessage())];
  const { jobId } = AcceptedContact.parse(await one.json());
  const { token } = AcceptedContact.parse(await other.json());
  for (const [id, given] of [
    [jobId, token],
    [newId("job"), token],
    [jobId, `${token}x`],
    [jobId, "none"],
  ] as const) {
    const response = await statusOf(id, given);
    expect(response.status).toBe(404);
    expect(await problemIn(response)).toMatchObject({ code: "not_found" });
  }
  expect((await request(`/v1/contact/${jobId}`)).status).toBe(400);
});

test("the same key with the same message is one message, and with another one none", async () => {
  const headers = { "idempotency-key": crypto.randomUUID() };
  const message = aMessage();
  const [first, second] = [await post(message, headers), await post(message, headers)];
  const ids = [AcceptedContact.parse(await first.json()).jobId, AcceptedContact.parse(await second.json()).jobId];
  expect(ids[0]).toBe(ids[1]);
  expect(await keptFrom(message.email)).toHaveLength(1);
  const other = await post({ ...message, text: "Something else" }, headers);
  expect(other.status).toBe(422);
  expect(await keptFrom(message.email)).toHaveLength(1);
});

test("what only programs fill in is answered like any other, and nothing is kept", async () => {
  const message = aMessage({ website: "https://spam.example" });
  const response = await post(message);
  expect(response.status).toBe(202);
  AcceptedContact.parse(await response.json());
  expect(await keptFrom(message.email)).toEqual([]);
});

test.each([
  ["a name of two lines", { name: "Ana\r\nBcc: thief@mail.example" }, "#/name"],
  ["no name", { name: "  " }, "#/name"],
  ["no address", { email: "ana" }, "#/email"],
  ["an address of two lines", { email: "a@b.example\r\nBcc: thief@mail.example" }, "#/email"],
  ["nothing said", { text: " \n " }, "#/text"],
  ["too much said", { text: "x".repeat(5_001) }, "#/text"],
])("a message with %s is refused, and says where", async (_, changed, pointer) => {
  const response = await post(aMessage(changed));
  expect(response.status).toBe(400);
  expect((await problemIn(response)).errors?.map((error) => error.pointer)).toEqual([pointer]);
});

test("a body that is longer than any message is not read", async () => {
  expect((await post(aMessage({ text: "x".repeat(40_000) }))).status).toBe(413);
});

test("from one network come a few a minute, whatever their addresses", async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 7; n++) {
    const response = await post(aMessage(), { "cf-connecting-ip": `2001:db8:17:1::${n}` });
    statuses.push(response.status);
  }
  expect(statuses.slice(0, 5)).toEqual([202, 202, 202, 202, 202]);
  expect(statuses.slice(5)).toEqual([429, 429]);
  expect((await post(aMessage(), { "cf-connecting-ip": "2001:db8:17:2::1" })).status).toBe(202);
});
