import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
  waitOnExecutionContext,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { type MailId, newId, uuidOf } from "@earwitness/shared";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import worker from "../src/index.ts";
import { aRecordedCall, withServices } from "./setup/record.ts";

const rows = (query: ReturnType<typeof sql>) =>
  withServices(async ({ database, ctx }) => (await database.read(ctx.actor, ({ db }) => db.execute(query))).rows);

/** A mail that went out. */
async function aSentMail() {
  const [id, to] = [newId("mail"), `${crypto.randomUUID()}@northgate.example`];
  await withServices(({ ctx }) =>
    ctx.unitOfWork(async (tx) => {
      await tx.mails.add({ id, workspaceId: null, kind: "sign_in", to, about: {} });
      await tx.mails.settle(id, { state: "sent", providerMailId: "re_1", at: new Date() });
    }),
  );
  return { id, to };
}

/** A notice as the door has put it on its queue. */
function aNotice(mailId: MailId, type: string, data: object = {}) {
  const at = new Date().toISOString();
  const body = JSON.stringify({ type, created_at: at, data: { email_id: "re_1", tags: { mail: mailId }, ...data } });
  return { id: `msg_${crypto.randomUUID()}`, receivedAt: at, body };
}

/** Delivers messages as the platform does; gives the ids of those that were acknowledged. */
async function deliver(queue: string, bodies: readonly unknown[]): Promise<number> {
  const messages = bodies.map((body) => ({ id: newId("request"), timestamp: new Date(), attempts: 1, body }));
  const batch = createMessageBatch(queue, messages);
  const context = createExecutionContext();
  await worker.queue(batch, env, context);
  await waitOnExecutionContext(context);
  return (await getQueueResult(batch, context)).explicitAcks.length;
}

describe("a notice of the mail service", () => {
  test("is applied once, and what was refused for good is remembered", async () => {
    const { id, to } = await aSentMail();
    const notice = aNotice(id, "email.bounced", { bounce: { type: "Permanent", message: "No such user" } });
    expect(await deliver("earwitness-mail-notices", [notice, notice])).toBe(2);
    expect(await rows(sql`select delivery, reason from mails where id = ${uuidOf(id)}`)).toEqual([
      { delivery: "bounced", reason: "No such user" },
    ]);
    expect(await rows(sql`select reason, detail from mail_suppressions where address = ${to}`)).toEqual([
      { reason: "bounced", detail: "No such user" },
    ]);
    expect(
      await rows(sql`select body, applied_at is not null as applied from mail_notices where id = ${notice.id}`),
    ).toEqual([{ body: notice.body, applied: true }]);
  });

  test("that nobody understands is kept as it came, and does not come again", async () => {
    const notice = { id: `msg_${crypto.randomUUID()}`, receivedAt: new Date().toISOString(), body: "<html>" };
    expect(await deliver("earwitness-mail-notices", [notice])).toBe(1);
    expect(await rows(sql`select type, body, applied_at from mail_notices where id = ${notice.id}`)).toEqual([
      { type: "unreadable", body: "<html>", applied_at: null },
    ]);
  });

  test("in no form that is known here, or given up by its queue, is kept where somebody looks", async () => {
    const marks = [crypto.randomUUID(), crypto.randomUUID()] as const;
    expect(await deliver("earwitness-mail-notices", [{ mark: marks[0] }])).toBe(1);
    expect(await deliver("earwitness-mail-notices-dead", [{ mark: marks[1] }])).toBe(1);
    for (const mark of marks) {
      expect(await rows(sql`select 1 from dead_letters where body->>'mark' = ${mark}`)).toHaveLength(1);
    }
  });
});

test("the digest's cron has a workspace told of its last week, once", async () => {
  const fire = async (scheduledTime: Date) => {
    const context = createExecutionContext();
    await worker.scheduled(createScheduledController({ cron: "0 7 * * *", scheduledTime }), env, context);
    await waitOnExecutionContext(context);
  };
  const { workspaceId } = await withServices(aRecordedCall);
  const userId = newId("user");
  const email = `${crypto.randomUUID()}@northgate.example`;
  await withServices(({ ctx }) =>
    ctx.unitOfWork(async (tx) => {
      await tx.users.add({ id: userId, email, name: null, emailVerifiedAt: new Date() });
      await tx.workspaces.addMember({ workspaceId, userId, role: "owner" });
    }),
  );
  // The workspace is of today: the first week of which it is told is this one, when it is over.
  for (let times = 0; times < 2; times++) await fire(new Date(Date.now() + 7 * 24 * 60 * 60_000));
  const [job, ...others] = await rows(
    sql`select id from jobs where workspace_id = ${uuidOf(workspaceId)} and kind = 'digest.make'`,
  );
  expect(others).toEqual([]);
  expect(job).toBeDefined();
  const { jobId } = await withServices(({ ctx }) =>
    ctx.unitOfWork(async (tx) => ({
      jobId: await tx.jobs.add({
        workspaceId,
        kind: "digest.make",
        // The call was in that week, whenever this runs.
        key: `digest.make/${workspaceId}/2026-11-16`,
        payload: { workspaceId, week: "2026-11-16" },
      }),
    })),
  );
  await deliver("earwitness-bulk", [{ jobId }]);
  const mails = () => rows(sql`select kind, about->>'calls' as calls from mails where to_address = ${email}`);
  await expect.poll(mails).toEqual([{ kind: "digest", calls: "1" }]);
});
