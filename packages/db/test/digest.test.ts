import { askForDigests, type Mail, makeDigest, sendMail } from "@earwitness/core";
import { idFromUuid, newId, uuidOf, type WorkspaceId } from "@earwitness/shared";
import { aCall } from "@earwitness/testing/records";
import { beforeEach, describe, expect, test } from "vitest";
import { aMember, aWorkspace } from "./support/factories.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();
const MONDAY = new Date("2026-11-16T07:00:00Z");
const WEEK = "2026-11-09";
const ctx = () => record.context({ now: () => MONDAY });

let workspaceId: WorkspaceId;
beforeEach(async () => {
  workspaceId = await aWorkspace(record.database);
  await madeAt("2026-11-01T00:00:00Z");
});
const madeAt = (at: string) =>
  record.rows("update workspaces set created_at = $2 where id = $1", [uuidOf(workspaceId), at]);

/** A call that ended on a day of November. */
async function call(day: string, changes: Parameters<typeof aCall>[1] = {}): Promise<void> {
  const startedAt = new Date(`2026-11-${day}Z`);
  const ended = { state: "ended", startedAt, answeredAt: startedAt, endedAt: startedAt, durationMs: 90_000 } as const;
  await ctx().unitOfWork((tx) => tx.calls.save(aCall(workspaceId, { ...ended, ...changes })));
}

const jobs = () =>
  record.rows("select payload->>'week' as week from jobs where workspace_id = $1 order by 1", [uuidOf(workspaceId)]);
const make = () => makeDigest(ctx(), { workspaceId, week: WEEK });
const mails = () =>
  record.rows("select id, to_address as to, about from mails where workspace_id = $1 order by id", [
    uuidOf(workspaceId),
  ]);
const emailOf = async (userId: `usr_${string}`) =>
  String((await record.rows("select email from users where id = $1", [uuidOf(userId)]))[0]?.email);

test("each workspace is one job a week, however often and late it is asked for", async () => {
  await Promise.all([askForDigests(ctx(), MONDAY), askForDigests(ctx(), MONDAY)]);
  await askForDigests(ctx(), new Date("2026-11-20T12:00:00Z"));
  expect(await jobs()).toEqual([{ week: WEEK }]);
  await askForDigests(ctx(), new Date("2026-11-23T07:00:00Z"));
  expect(await jobs()).toEqual([{ week: WEEK }, { week: "2026-11-16" }]);
});

test("a workspace is told of no week before it was made", async () => {
  await madeAt("2026-11-17T10:00:00Z");
  await askForDigests(ctx(), new Date("2026-11-18T07:00:00Z"));
  expect(await jobs()).toEqual([]);
  await askForDigests(ctx(), new Date("2026-11-23T07:00:00Z"));
  expect(await jobs()).toEqual([{ week: "2026-11-16" }]);
});

describe("a digest", () => {
  test("goes once to each of those who look after the workspace and want it", async () => {
    const [owner, admin, supervisor] = [
      await aMember(record.database, workspaceId, "owner"),
      await aMember(record.database, workspaceId, "admin"),
      await aMember(record.database, workspaceId, "supervisor"),
    ];
    await aMember(record.database, workspaceId, "agent");
    await aMember(record.database, workspaceId, "viewer");
    const unwilling = await emailOf(admin.userId);
    await ctx().unitOfWork((tx) => tx.mailAddresses.setWanted(unwilling, "digest", false, MONDAY));
    await call("10T09:00:00");
    await Promise.all([make(), make()]);
    await make();
    const sent = (await mails()).map(({ to }) => to);
    expect(sent.sort()).toEqual([await emailOf(owner.userId), await emailOf(supervisor.userId)].sort());
  });

  test("counts what began in its week, and nothing else", async () => {
    await aMember(record.database, workspaceId, "owner");
    await call("09T00:00:00");
    await call("15T23:59:59.999", { durationMs: 30_000, recordingState: "failed", transcriptState: "failed" });
    await call("11T10:00:00", { answeredAt: null, durationMs: 0 });
    await call("11T10:00:00", { answeredAt: null, durationMs: 0, direction: "outbound" });
    await call("12T10:00:00", { recordingState: "missing" });
    await call("08T23:59:59.999");
    await call("16T00:00:00");
    const deleted = newId("call");
    await call("12T11:00:00", { id: deleted });
    await record.rows("update calls set deleted_at = now() where id = $1", [uuidOf(deleted)]);
    await record.rows(
      `insert into jobs (id, workspace_id, kind, key, payload, state, dismissed_at)
       select gen_random_uuid(), $1, 'numbers.sync', gen_random_uuid()::text, '{}', state, at
       from (values ('dead', null::timestamptz), ('dead', now()), ('done', null)) s(state, at)`,
      [uuidOf(workspaceId)],
    );
    await make();
    const [mail] = await mails();
    expect(mail?.about).toEqual({
      week: WEEK,
      calls: "5",
      talkedMs: "210000",
      missed: "1",
      recordingsMissing: "2",
      transcriptsFailed: "1",
      deadJobs: "1",
    });
  });

  test("tells nobody of a week in which nothing was", async () => {
    await aMember(record.database, workspaceId, "owner");
    await call("17T09:00:00");
    await make();
    expect(await mails()).toEqual([]);
  });

  test("reads as a person would say it, and leads to the calls", async () => {
    await aMember(record.database, workspaceId, "owner");
    await call("10T09:00:00", { durationMs: 3_600_000, recordingState: "missing" });
    await make();
    const [row] = await mails();
    const handed: Mail[] = [];
    const mailer = {
      async send(mail: Mail) {
        handed.push(mail);
        return { kind: "sent", providerMailId: "re_1" } as const;
      },
    };
    const mailLinks = { appOrigin: "https://app.test", linkSecret: "link-secret-of-the-test-0123456789ab" };
    await sendMail(ctx(), { mailer, mailLinks }, idFromUuid("mail", String(row?.id)));
    const [mail] = handed;
    expect(mail?.subject).toMatch(/^Test: 9.{1,3}15 November 2026$/);
    for (const said of [
      "One thing waits for you.",
      "Calls: 1",
      "Minutes talked: 60",
      "Recordings that are missing: 1",
    ]) {
      expect(mail?.text).toContain(said);
    }
    expect(mail?.text).toContain("https://app.test/calls");
    expect(mail?.unsubscribeUrl).toContain("/mail/unsubscribe?token=");
  });
});
