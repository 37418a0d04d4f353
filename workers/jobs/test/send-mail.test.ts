import { createExecutionContext, createMessageBatch, getQueueResult, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { linkToken, sendContact } from "@earwitness/core";
import { idFromUuid, newId, uuidOf } from "@earwitness/shared";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, inject, test } from "vitest";
import { z } from "zod";
import worker from "../src/index.ts";
import { withServices } from "./setup/record.ts";

const Sent = z.object({
  mails: z.array(z.looseObject({ id: z.string(), from: z.string(), text: z.string(), html: z.string() })),
});
const Outcome = z.object({ state: z.string(), provider_mail_id: z.string().nullable(), reason: z.string().nullable() });

const { controlUrl } = inject("mailService");
const control = (method: string, path: string, body?: object) =>
  fetch(`${controlUrl}${path}`, {
    method,
    headers: { "content-type": "application/json", accept: "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const fail = (status: number) => control("POST", "/faults", { target: "resend", effect: "status", status });
const mailbox = async (to: string) => Sent.parse(await (await control("GET", `/mailbox?to=${to}`)).json()).mails;
afterEach(() => control("DELETE", "/faults"));

/** The mail that came: whoever drains the outbox for another test may be sending it at this moment. */
async function arrived(to: string) {
  await expect.poll(async () => (await mailbox(to)).length).toBe(1);
  const [mail] = await mailbox(to);
  return mail;
}

/** Asks for a sign-in mail. Gives the mail and the job that is to send it. */
async function ask() {
  const to = `${crypto.randomUUID()}@northgate.example`;
  const mailId = newId("mail");
  await withServices(({ ctx }) =>
    ctx.unitOfWork((tx) =>
      tx.mails.add({
        id: mailId,
        workspaceId: null,
        kind: "sign_in",
        to,
        about: { callbackUrl: "https://app.test/x" },
      }),
    ),
  );
  const [job] = await rows(sql`select id, payload from jobs where key = ${`mail.send/${mailId}`}`);
  // Of the job itself: its row of the outbox may be in the hand of another test's drain.
  const jobId = idFromUuid("job", z.object({ id: z.uuid() }).parse(job).id);
  expect(job).toMatchObject({ payload: { mailId } });
  return { to, mailId, jobId };
}

const rows = (query: ReturnType<typeof sql>) =>
  withServices(async ({ database, ctx }) => (await database.read(ctx.actor, ({ db }) => db.execute(query))).rows);

const outcomeOf = async (mailId: Parameters<typeof uuidOf>[0]) => {
  const [row] = await rows(sql`select state, provider_mail_id, reason from mails where id = ${uuidOf(mailId)}`);
  return Outcome.parse(row);
};

/** Delivers the message of a job, as the platform does. */
async function deliver(jobId: string): Promise<void> {
  const message = { id: newId("request"), timestamp: new Date(), attempts: 1, body: { jobId } };
  const batch = createMessageBatch("earwitness-mail", [message]);
  const context = createExecutionContext();
  await worker.queue(batch, env, context);
  await waitOnExecutionContext(context);
  expect((await getQueueResult(batch, context)).explicitAcks).toEqual([message.id]);
}

describe("a mail", () => {
  test("is sent with a link whose token no row holds, and its outcome is kept", async () => {
    const { to, mailId, jobId } = await ask();
    await deliver(jobId);
    const mail = await arrived(to);
    const token = await linkToken(env.LINK_SECRET, "sign_in", mailId);
    expect(mail?.from).toBe(env.MAIL_FROM);
    expect(mail?.text).toContain(`https://app.test/login/confirm#token=${token}&email=`);
    const sent = { state: "sent", provider_mail_id: mail?.id, reason: null };
    await expect.poll(() => outcomeOf(mailId)).toEqual(sent);
    const kept = await rows(
      sql`select m.*, j.* from mails m, jobs j where m.id = ${uuidOf(mailId)} and j.payload->>'mailId' = ${mailId}`,
    );
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(token);
  });

  test("whose message comes twice is sent once", async () => {
    const { to, jobId } = await ask();
    await deliver(jobId);
    await deliver(jobId);
    await arrived(to);
  });

  test("that the service cannot take now waits for the next attempt, and is not lost", async () => {
    await fail(500);
    const { to, mailId, jobId } = await ask();
    await deliver(jobId);
    expect(await outcomeOf(mailId)).toMatchObject({ state: "queued" });
    expect(await mailbox(to)).toEqual([]);
    await expect
      .poll(
        async () => {
          await deliver(jobId);
          return (await mailbox(to)).length;
        },
        { timeout: 10_000, interval: 300 },
      )
      .toBe(1);
    await expect.poll(() => outcomeOf(mailId)).toMatchObject({ state: "sent" });
  });

  test("by the contact form arrives with its words as they were typed, and with whom to answer", async () => {
    const [text, name] = ["First line\n<b>second</b>", "Ana Ruiz"];
    const [to, email] = [0, 1].map(() => `${crypto.randomUUID()}@northgate.example`);
    if (to === undefined || email === undefined) throw new Error("There are two.");
    const { jobId } = await withServices(({ ctx }) => sendContact(ctx, to, { name, email, text }, null));
    await deliver(jobId);
    const mail = await arrived(to);
    expect(mail).toMatchObject({ subject: "Ana Ruiz wrote by the contact form", reply_to: [email] });
    expect(mail?.text).toContain(text);
    expect(mail?.html).toContain("&lt;b&gt;second&lt;/b&gt;");
  });

  test("that the service refuses is given up, and says why", async () => {
    await fail(422);
    const { to, mailId, jobId } = await ask();
    await deliver(jobId);
    const rejected = { state: "rejected", reason: expect.stringContaining("Resend") };
    await expect.poll(() => outcomeOf(mailId)).toMatchObject(rejected);
    await deliver(jobId);
    expect(await mailbox(to)).toEqual([]);
  });
});
