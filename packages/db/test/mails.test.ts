import {
  applyMailNotice,
  cancelJob,
  chooseMails,
  type Mail,
  type MailNews,
  type MailOutcome,
  type MailRecord,
  sendMail,
  unsubscribe,
  unsubscribeToken,
} from "@earwitness/core";
import { type MailId, newId, uuidOf } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { readWantedMails } from "../src/index.ts";
import { aMember, aWorkspace, contextOf } from "./support/factories.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();
const linkSecret = "link-secret-of-the-test-0123456789ab";
const START = new Date("2026-11-21T09:00:00Z");
const HOUR_MS = 60 * 60_000;
const afterHours = (hours: number) => new Date(START.getTime() + hours * HOUR_MS);
const at = (hours: number) => record.context({ now: () => afterHours(hours) });

const someone = () => `${crypto.randomUUID()}@test.example`;

/** Asks for a mail at an hour, and tries to send it then; gives what the service was handed, and how it came out. */
async function send(
  to: string,
  kind: MailRecord["kind"],
  hours: number,
  outcome: MailOutcome = { kind: "sent", providerMailId: "re_1" },
): Promise<{ id: MailId; handed: Mail[]; isUnasked: boolean; row: Record<string, unknown> | undefined }> {
  const ctx = at(hours);
  const id = newId("mail");
  const about: Record<string, string> = kind === "export_ready" ? { exportId: newId("export") } : {};
  await ctx.unitOfWork((tx) => tx.mails.add({ id, workspaceId: null, kind, to, about }));
  // Rows have the record's own clock.
  await record.rows("update mails set created_at = $2 where id = $1", [uuidOf(id), afterHours(hours)]);
  const handed: Mail[] = [];
  const mailer = {
    async send(mail: Mail) {
      handed.push(mail);
      return outcome;
    },
  };
  const ports = { mailer, mailLinks: { appOrigin: "https://app.test", linkSecret } };
  const isUnasked = (await sendMail(ctx, ports, id))?.kind === "unasked";
  return { id, handed, isUnasked, row: await rowOf(id) };
}

const rowOf = async (id: MailId) =>
  (await record.rows("select state, reason, delivery from mails where id = $1", [uuidOf(id)]))[0];
const suppressionOf = (address: string) => at(0).unitOfWork((tx) => tx.mailAddresses.suppression(address));

let notices = 0;
/** Has the service tell of a mail, at an hour. */
function tell(mailId: MailId, news: Partial<MailNews> & Pick<MailNews, "delivery">, hours: number, id?: string) {
  notices += 1;
  return applyMailNotice(at(hours), {
    id: id ?? `msg_${notices}`,
    type: `email.${news.delivery}`,
    providerMailId: "re_1",
    receivedAt: afterHours(hours),
    body: '{ "as": "it came" }',
    news: { mailId, suppression: null, detail: null, at: afterHours(hours), ...news },
  });
}

test("a mail is called back while it waits, and not while it is being sent", async () => {
  const owner = await aMember(record.database, await aWorkspace(record.database), "owner");
  const ctx = contextOf(record, owner);
  const ask = () =>
    ctx.unitOfWork((tx) =>
      tx.mails.add({
        id: newId("mail"),
        workspaceId: owner.workspaceId,
        kind: "export_ready",
        to: someone(),
        about: {},
      }),
    );
  const waiting = await ask();
  await cancelJob(ctx, waiting.jobId);
  expect(await rowOf(waiting.mailId)).toMatchObject({ state: "rejected", reason: "Somebody cancelled it." });
  const sending = await ask();
  const now = new Date(Date.now() + 1_000);
  await record.context().unitOfWork((tx) => tx.jobs.lease(sending.jobId, { now, leasedUntil: afterHours(1_000) }));
  await expect(cancelJob(ctx, sending.jobId)).rejects.toMatchObject({ code: "conflict" });
  expect(await rowOf(sending.mailId)).toMatchObject({ state: "queued" });
});

describe("a mail by a key", () => {
  test("is one mail with one job, however often and by how many at once it is asked for", async () => {
    const key = crypto.randomUUID();
    const ask = () =>
      at(0).unitOfWork((tx) =>
        tx.mails.add({ id: newId("mail"), workspaceId: null, kind: "contact", to: "a@b.example", about: { key } }, key),
      );
    const asked = await Promise.all([ask(), ask(), ask()]);
    asked.push(await ask());
    expect(new Set(asked.map(({ mailId }) => mailId)).size).toBe(1);
    expect(new Set(asked.map(({ jobId }) => jobId)).size).toBe(1);
    expect(await record.rows("select id from mails where about->>'key' = $1", [key])).toHaveLength(1);
  });
});

describe("what the service tells", () => {
  test("is kept byte for byte, noted on its mail, and repeated changes nothing", async () => {
    const { id } = await send(someone(), "sign_in", 0);
    expect(await tell(id, { delivery: "delivered" }, 1, "msg_once")).toBe(true);
    expect(await tell(id, { delivery: "bounced" }, 2, "msg_once")).toBe(false);
    expect(await rowOf(id)).toMatchObject({ state: "sent", delivery: "delivered" });
    const [kept] = await record.rows("select body, applied_at from mail_notices where id = 'msg_once'");
    expect(kept).toEqual({ body: '{ "as": "it came" }', applied_at: afterHours(1) });
  });

  test("comes in any order: what is older changes nothing, and a complaint stays", async () => {
    const { id } = await send(someone(), "sign_in", 0);
    await tell(id, { delivery: "bounced", detail: "Full", at: afterHours(3) }, 4);
    await tell(id, { delivery: "delivered", at: afterHours(2) }, 5);
    expect(await rowOf(id)).toMatchObject({ delivery: "bounced", reason: "Full" });
    await tell(id, { delivery: "complained", suppression: "complained", at: afterHours(6) }, 6);
    await tell(id, { delivery: "delivered", at: afterHours(7) }, 7);
    expect(await rowOf(id)).toMatchObject({ delivery: "complained" });
  });

  test("has its effect when it comes again, where it had none by whoever did not understand it", async () => {
    const { id } = await send(someone(), "sign_in", 0);
    const notice = { id: "msg_again", type: "unreadable", providerMailId: null, receivedAt: afterHours(1), body: "" };
    expect(await applyMailNotice(at(1), { ...notice, news: null })).toBe(false);
    expect(await tell(id, { delivery: "delivered" }, 2, "msg_again")).toBe(true);
    expect(await rowOf(id)).toMatchObject({ delivery: "delivered" });
  });

  test("of a mail that is none of ours is kept without effect", async () => {
    const other = newId("mail");
    expect(await tell(other, { delivery: "bounced", suppression: "bounced" }, 1, "msg_foreign")).toBe(false);
    const [kept] = await record.rows("select applied_at from mail_notices where id = 'msg_foreign'");
    expect(kept).toEqual({ applied_at: null });
  });
});

describe("an address from which a mail came back for good", () => {
  test("gets no mail, but a sign-in link once a day, and any again once one arrives", async () => {
    const to = someone();
    const first = await send(to, "sign_in", 0);
    await tell(first.id, { delivery: "bounced", suppression: "bounced", detail: "No such user" }, 1);

    for (const kind of ["sign_in", "export_ready"] as const) {
      const { handed, isUnasked, row } = await send(to, kind, 20);
      expect([handed, isUnasked], kind).toEqual([[], true]);
      expect(row).toMatchObject({ state: "rejected", reason: expect.stringContaining("came back for good") });
    }
    expect((await send(to, "export_ready", 26)).handed).toEqual([]);
    const tried = await send(to, "sign_in", 26);
    expect([tried.handed.length, tried.isUnasked]).toEqual([1, false]);
    expect((await send(to, "sign_in", 27)).handed).toEqual([]);

    await tell(tried.id, { delivery: "delivered" }, 26.01);
    expect(await suppressionOf(to)).toBeNull();
    expect((await send(to, "export_ready", 28)).handed).toHaveLength(1);
  });

  test("is not believed to be good again by what arrived before", async () => {
    const to = someone();
    const { id } = await send(to, "sign_in", 0);
    await tell(id, { delivery: "bounced", suppression: "bounced", at: afterHours(2) }, 2);
    await tell(id, { delivery: "delivered", at: afterHours(1) }, 3);
    expect(await suppressionOf(to)).toMatchObject({ reason: "bounced" });
  });

  test("stays good where that is told after a later mail has arrived, unless its owner complained", async () => {
    const to = someone();
    const first = await send(to, "sign_in", 0);
    const second = await send(to.toUpperCase(), "sign_in", 2);
    await tell(second.id, { delivery: "delivered" }, 3);
    await tell(first.id, { delivery: "bounced", suppression: "bounced", at: afterHours(1) }, 4);
    expect(await suppressionOf(to)).toBeNull();
    await tell(first.id, { delivery: "complained", suppression: "complained", at: afterHours(1) }, 5);
    expect(await suppressionOf(to)).toMatchObject({ reason: "complained" });
  });

  test("is known whatever the case of its letters", async () => {
    const to = someone();
    const { id } = await send(to.toUpperCase(), "sign_in", 0);
    await tell(id, { delivery: "bounced", suppression: "bounced" }, 1);
    expect((await send(to, "sign_in", 2)).handed).toEqual([]);
  });
});

test("whoever complained gets nothing any more, not even a link that somebody asks for", async () => {
  const to = someone();
  const { id } = await send(to, "sign_in", 0);
  await tell(id, { delivery: "complained", suppression: "complained" }, 1);
  const later = await send(to, "sign_in", 1000);
  expect(later.handed).toEqual([]);
  expect(later.row).toMatchObject({ state: "rejected", reason: expect.stringContaining("unwanted") });
  await tell(id, { delivery: "bounced", suppression: "bounced" }, 1001);
  expect(await suppressionOf(to)).toMatchObject({ reason: "complained" });
});

test("an address that the service refuses at once is remembered, and the mail says so", async () => {
  const to = someone();
  const { row } = await send(to, "sign_in", 0, { kind: "refused", cause: "bounced", detail: "550 5.1.1 No such user" });
  expect(row).toMatchObject({ state: "rejected", reason: expect.stringContaining("550 5.1.1") });
  expect(await suppressionOf(to)).toMatchObject({ reason: "bounced", detail: "550 5.1.1 No such user" });
});

describe("a mail that nobody asks for", () => {
  test("carries its link, by which there is no more of its kind, and the settings bring it back", async () => {
    const workspaceId = await aWorkspace(record.database);
    const member = await aMember(record.database, workspaceId, "viewer");
    const [user] = await record.rows("select email from users where id = $1", [uuidOf(member.userId)]);
    const to = String(user?.email);
    const { handed } = await send(to, "export_ready", 0);
    const url = new URL(handed[0]?.unsubscribeUrl ?? "");
    expect(url.origin + url.pathname).toBe("https://app.test/api/v1/mail/unsubscribe");
    const token = url.searchParams.get("token") ?? "";
    expect(handed[0]?.text).toContain(`https://app.test/unsubscribe#token=${token}&kind=export_ready`);

    expect(await unsubscribe(at(1), linkSecret, token)).toEqual({ address: to, kind: "export_ready" });
    const refused = await send(to, "export_ready", 2);
    expect(refused.handed).toEqual([]);
    expect(refused.row).toMatchObject({
      state: "rejected",
      reason: expect.stringContaining("no more mails of this kind"),
    });
    expect((await send(to, "sign_in", 2)).handed).toHaveLength(1);

    const wanted = () => record.database.read({ kind: "visitor" }, (scope) => readWantedMails(scope, member.userId));
    expect(await wanted()).toEqual({ digest: true, exportReady: false });
    await chooseMails(at(3), member.userId, { export_ready: true, digest: undefined });
    expect(await wanted()).toEqual({ digest: true, exportReady: true });
    expect((await send(to, "export_ready", 4)).handed).toHaveLength(1);
  });

  test("is not refused by a token of another secret", async () => {
    const token = await unsubscribeToken(
      "another-secret-0123456789-0123456789",
      { to: someone(), createdAt: START },
      "digest",
    );
    await expect(unsubscribe(at(1), linkSecret, token)).rejects.toMatchObject({ code: "not_found" });
  });

  test("sign-in mails carry no such link", async () => {
    const { handed } = await send(someone(), "sign_in", 0);
    expect(handed[0]).not.toHaveProperty("unsubscribeUrl");
    expect(handed[0]?.html).not.toContain("unsubscribe");
  });
});
