import { forgetExpired, type Perishable } from "@earwitness/core";
import { newId, uuidOf } from "@earwitness/shared";
import { expect, test } from "vitest";
import { aWorkspace, system, userOf } from "./support/factories.ts";
import { movableClock, useDatabase } from "./support/use-database.ts";

const record = useDatabase();
const NOW = new Date("2026-11-21T09:00:00Z");

test("what is past its time is forgotten, and what is alive stays", async () => {
  const clock = movableClock(new Date());
  const user = { ...userOf(await aWorkspace(record.database)), email: `${newId("user")}@test.example` };
  const now = clock.now().getTime();
  await record.database.unitOfWork(system)(async (tx) => {
    await tx.users.add({ id: user.userId, email: user.email, name: null, emailVerifiedAt: null });
    for (const [name, minutes] of [
      ["old", -1],
      ["alive", 1],
    ] as const) {
      const expiresAt = new Date(now + minutes * 60_000);
      const browser = { method: "email", userAgent: null, ipAddress: null } as const;
      await tx.sessions.add({ tokenSha256: name, userId: user.userId, expiresAt, ...browser });
      await tx.sessions.addSignInToken({ identifier: user.email, tokenSha256: name, expiresAt });
    }
  });
  const kept = { requestSha256: "0", body: {} };
  await record.database.unitOfWork(user)((tx) => tx.idempotency.keep("a-key-of-today", kept));

  await record.rows(
    `insert into idempotency_keys select workspace_id, 'a-key-of-yesterday', request_sha256, body, created_at - interval '25 hours'
     from idempotency_keys`,
  );

  await forgetExpired(record.context(clock));
  expect(await record.rows("select token_sha256 from sessions")).toEqual([{ token_sha256: "alive" }]);
  expect(await record.rows("select token_sha256 from verification_tokens")).toEqual([{ token_sha256: "alive" }]);
  expect(await record.rows("select key from idempotency_keys")).toEqual([{ key: "a-key-of-today" }]);
});

/** Rows of a kind `days` ago, each by its name: what is forgotten with time, and beside it what is not. */
const ROWS: readonly {
  readonly kind: Perishable;
  readonly keptDays: number;
  readonly sql: string;
  readonly named: string;
}[] = [
  {
    kind: "answered_request",
    keptDays: 1,
    sql: "insert into answered_requests (name, request_sha256, attempt, state, begun_at) values ($1, '0', '0', 'begun', $2)",
    named: "select name from answered_requests",
  },
  {
    kind: "refused_upload",
    keptDays: 30,
    sql: `insert into uploads (id, workspace_id, kind, content_type, size_bytes, sha256, state, r2_key, expires_at, settled_at)
      select gen_random_uuid(), id, 'screenshot', 'image/png', 1, '0', s.state, $1::text || s.suffix, $2, $2
      from (select id from workspaces limit 1) w, (values ('refused', ''), ('accepted', ' stays')) s(state, suffix)`,
    named: "select r2_key as name from uploads",
  },
  {
    kind: "unused_import_line",
    keptDays: 90,
    sql: `with ended as (
        insert into imports (id, workspace_id, prefix, requested_by, state, finished_at)
        select gen_random_uuid(), id, 'old', 'usr', 'failed', $2 from workspaces limit 1 returning id, workspace_id)
      insert into import_rows (import_id, workspace_id, line, file_key, state)
      select ended.id, workspace_id, s.line, $1::text || s.suffix, s.state
      from ended, (values (1, ' stays', 'taken'), (2, ' too', 'refused'), (3, '', 'waiting')) s(line, suffix, state)`,
    named: "select file_key as name from import_rows",
  },
  {
    kind: "ended_job",
    keptDays: 30,
    sql: `insert into jobs (id, kind, key, payload, state, finished_at)
      select gen_random_uuid(), 'numbers.sync', $1::text || s.suffix, '{}', s.state, $2
      from (values ('done', ''), ('cancelled', ' too'), ('dead', ' stays')) s(state, suffix)`,
    named: "select key as name from jobs where dismissed_at is null",
  },
  {
    kind: "dismissed_job",
    keptDays: 90,
    sql: `insert into jobs (id, kind, key, payload, state, finished_at, dismissed_at)
      values (gen_random_uuid(), 'numbers.sync', $1, '{}', 'dead', $2, $2)`,
    named: "select key as name from jobs where dismissed_at is not null",
  },
  {
    kind: "settled_mail",
    keptDays: 90,
    sql: `insert into mails (id, kind, to_address, about, created_at, settled_at)
      select gen_random_uuid(), 'sign_in', $1::text || s.suffix, '{}', $2, case when s.suffix = '' then $2::timestamptz end
      from (values (''), (' stays')) s(suffix)`,
    named: "select to_address as name from mails",
  },
  {
    kind: "mail_notice",
    keptDays: 90,
    sql: "insert into mail_notices (id, type, received_at, body) values ($1, 'email.sent', $2, '{}')",
    named: "select id as name from mail_notices",
  },
  {
    kind: "contact",
    keptDays: 90,
    sql: `insert into contacts (id, name, email, text, job_id, created_at)
      values (gen_random_uuid(), $1, 'a@b.example', '', gen_random_uuid(), $2)`,
    named: "select name from contacts",
  },
  {
    kind: "cron_run",
    keptDays: 30,
    sql: "insert into cron_runs (id, name, requested_by, started_at, state) values (gen_random_uuid(), 'sweep', $1, $2, 'done')",
    named: "select requested_by as name from cron_runs",
  },
  {
    kind: "handled_dead_letter",
    keptDays: 90,
    sql: `insert into dead_letters (id, queue, body, reason, at, sent_again_at, dismissed_at)
      select $1::text || s.suffix, 'earwitness-jobs-dead', '{}', '', $2,
        case when s.suffix = '' then $2::timestamptz end, case when s.suffix = ' too' then $2::timestamptz end
      from (values (''), (' too'), (' stays')) s(suffix)`,
    named: "select id as name from dead_letters",
  },
];

test.each(ROWS)("a $kind is kept for $keptDays days after its end", async ({ kind, keptDays, sql, named }) => {
  await aWorkspace(record.database);
  const daysAgo = (days: number) => new Date(NOW.getTime() - days * 24 * 60 * 60_000);
  await record.rows(sql, [`${kind} over`, daysAgo(keptDays + 0.01)]);
  await record.rows(sql, [`${kind} young`, daysAgo(keptDays - 0.01)]);
  const before = (await record.rows(named)).length;
  const forgotten = await forgetExpired(record.context({ now: () => NOW }));
  const left = (await record.rows(named)).map(({ name }) => String(name));
  expect(left.filter((name) => name.startsWith(`${kind} over`) && !name.endsWith("stays"))).toEqual([]);
  expect(left).toContain(`${kind} young`);
  expect(forgotten[kind]).toBe(before - left.length);
  expect(left.some((name) => name === `${kind} over stays`)).toBe(sql.includes("stays"));
});

test("what a run leaves of a great many, being bounded, two at once take without each other's rows", async () => {
  await record.rows(
    `insert into dead_letters (id, queue, body, reason, dismissed_at)
     select 'many ' || n, 'earwitness-jobs-dead', '{}', '', $1 from generate_series(1, 1200) n`,
    [new Date(NOW.getTime() - 91 * 24 * 60 * 60_000)],
  );
  const ctx = record.context({ now: () => NOW });
  const both = await Promise.all([forgetExpired(ctx), forgetExpired(ctx)]);
  const sum = both.reduce((total, { handled_dead_letter = 0 }) => total + handled_dead_letter, 0);
  const [left] = await record.rows("select count(*)::int as count from dead_letters where id like 'many %'");
  expect(sum + Number(left?.count)).toBe(1200);
  await forgetExpired(ctx);
  expect(await record.rows("select id from dead_letters where id like 'many %'")).toEqual([]);
});

test("nobody but the system forgets", async () => {
  const user = userOf(await aWorkspace(record.database));
  await expect(record.database.unitOfWork(user)((tx) => tx.expiry.remove("session", NOW, 1))).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("failed attempts have a part of the record for each month ahead, and none for months long past", async () => {
  const ctx = record.context();
  const parts = async () =>
    (
      await record.rows(
        "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'job_failures'::regclass",
      )
    ).map(({ name }) => String(name));
  const keep = (asOf: string) =>
    ctx.unitOfWork((tx) => tx.cronRuns.keepPartitions(new Date(asOf), { monthsAhead: 2, daysKept: 90 }));
  await keep("2031-01-15T00:00:00Z");
  expect(await parts()).toEqual(expect.arrayContaining(["job_failures_2031_01", "job_failures_2031_03"]));
  expect(await keep("2031-01-15T00:00:00Z")).toEqual({ made: 0, dropped: 0 });
  const twice = await Promise.all([keep("2031-05-02T00:00:00Z"), keep("2031-05-02T00:00:00Z")]);
  expect(twice.toSorted((a, b) => b.made - a.made)).toEqual([
    { made: 3, dropped: 1 },
    { made: 0, dropped: 0 },
  ]);
  expect(await parts()).not.toContain("job_failures_2031_01");
  const jobId = uuidOf(newId("job"));
  await record.rows(
    "insert into job_failures (job_id, attempt, at, code, message) values ($1, 1, '2031-06-15', 'internal', '')",
    [jobId],
  );
  expect(
    await record.rows("select tableoid::regclass::text as part from job_failures where job_id = $1", [jobId]),
  ).toEqual([{ part: "job_failures_2031_06" }]);
});
