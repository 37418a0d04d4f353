import { type Clock, CRON_CATALOGUE } from "@earwitness/core";
import { newId, uuidOf, type WorkspaceId } from "@earwitness/shared";
import { beforeEach, expect, test } from "vitest";
import { mergeHealth, readDeploymentHealth, readWorkspaceHealth } from "../../src/index.ts";
import { aWorkspace, system, userOf } from "../support/factories.ts";
import { useDatabase } from "../support/use-database.ts";

const record = useDatabase();
const NOW = new Date("2026-11-21T09:00:00Z");
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const MINUTE_MS = 60_000;
const clock: Clock = { now: () => NOW };

let own: WorkspaceId;
let other: WorkspaceId;
beforeEach(async () => {
  await record.rows("delete from jobs");
  await record.rows("delete from outbox");
  await record.rows("delete from cron_runs");
  [own, other] = [await aWorkspace(record.database), await aWorkspace(record.database)];
});

const deployment = () => record.database.read(system, (scope) => readDeploymentHealth({ ...scope, clock }));
const workspace = (id = own) => record.database.read(userOf(id), (scope) => readWorkspaceHealth({ ...scope, clock }));

/** A job by its row, as the runner leaves it. */
async function aJob(changes: {
  workspaceId?: WorkspaceId | null;
  kind?: string;
  state?: string;
  runAfter?: Date;
  finishedAt?: Date;
  error?: { code: string; message: string };
  isDismissed?: true;
}): Promise<string> {
  const id = newId("job");
  const { workspaceId = own, kind = "numbers.sync", state = "queued", error } = changes;
  await record.rows(
    `insert into jobs (id, workspace_id, kind, key, payload, state, run_after, finished_at, last_error, dismissed_at)
     values ($1, $2, $3, $4, '{}', $5, $6, $7, $8, $9)`,
    [
      uuidOf(id),
      workspaceId === null ? null : uuidOf(workspaceId),
      kind,
      id,
      state,
      changes.runAfter ?? NOW,
      changes.finishedAt ?? null,
      error === undefined ? null : JSON.stringify({ ...error, at: NOW.toISOString() }),
      changes.isDismissed ? NOW : null,
    ],
  );
  return id;
}

test("queues are counted over all workspaces: what is due, since when, what is not yet, what runs, what died, what was done when", async () => {
  await aJob({ runAfter: ago(MINUTE_MS) });
  await aJob({ runAfter: ago(3 * MINUTE_MS), workspaceId: other });
  await aJob({ runAfter: new Date(NOW.getTime() + 1) });
  await aJob({ state: "running", workspaceId: null });
  await aJob({ state: "dead", finishedAt: NOW });
  await aJob({ state: "dead", finishedAt: NOW, isDismissed: true });
  for (const minutes of [0, 4, 6, 59]) await aJob({ state: "done", finishedAt: ago(minutes * MINUTE_MS) });
  await aJob({ state: "done", finishedAt: ago(61 * MINUTE_MS) });
  await aJob({ kind: "recording.store", state: "done", finishedAt: ago(MINUTE_MS) });
  const { queues } = await deployment();
  expect(queues.map(({ name }) => name)).toEqual(["recordings", "transcripts", "mail", "bulk"]);
  expect(queues.at(-1)).toEqual({
    name: "bulk",
    waiting: 2,
    putOff: 1,
    oldestWaitMs: 3 * MINUTE_MS,
    running: 1,
    dead: 1,
    doneLastHour: 4,
    doneByFiveMinutes: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2],
  });
  expect(queues[0]).toMatchObject({ waiting: 0, oldestWaitMs: null, doneLastHour: 1 });
});

test("jobs of kinds that only a later version knows are counted by themselves", async () => {
  await aJob({ kind: "call.sing", runAfter: ago(MINUTE_MS) });
  await aJob({ kind: "call.dance", state: "dead", finishedAt: NOW });
  await aJob({});
  const { queues } = await deployment();
  expect(queues.map(({ name }) => name)).toEqual(["recordings", "transcripts", "mail", "bulk", "unknown"]);
  expect(queues.at(-1)).toMatchObject({ waiting: 1, oldestWaitMs: MINUTE_MS, dead: 1 });
  expect(queues.at(-2)).toMatchObject({ waiting: 1, dead: 0 });
});

test("dead jobs of the same kind and cause are told together, the newest trouble first, of one's own workspace alone", async () => {
  const failed = { code: "vendor_failed", message: "It answered 500." };
  await aJob({ state: "dead", finishedAt: ago(3 * MINUTE_MS), error: failed });
  const newest = await aJob({
    state: "dead",
    finishedAt: ago(MINUTE_MS),
    error: { ...failed, message: "It answered 502." },
  });
  const missing = await aJob({
    state: "dead",
    finishedAt: ago(2 * MINUTE_MS),
    error: { code: "not_found", message: "None." },
  });
  await aJob({ state: "dead", finishedAt: NOW, error: failed, isDismissed: true });
  await aJob({ state: "dead", finishedAt: NOW, error: failed, workspaceId: other });
  const { deadGroups, lastDeadAt } = await workspace();
  expect(deadGroups).toEqual([
    {
      kind: "numbers.sync",
      code: "vendor_failed",
      message: "It answered 502.",
      count: 2,
      newestJobId: newest,
      newestAt: ago(MINUTE_MS).toISOString(),
    },
    {
      kind: "numbers.sync",
      code: "not_found",
      message: "None.",
      count: 1,
      newestJobId: missing,
      newestAt: ago(2 * MINUTE_MS).toISOString(),
    },
  ]);
  expect(lastDeadAt).toBe(NOW.toISOString());
});

test("dead jobs of no workspace are told as the system, with the code alone, and with one's own as one group", async () => {
  const failed = { code: "vendor_failed", message: "No such user: ana@visitor.example." };
  const dead = { state: "dead", kind: "mail.send" };
  const newest = await aJob({ ...dead, finishedAt: NOW, error: failed, workspaceId: null });
  await aJob({ ...dead, finishedAt: ago(2), error: { code: "timeout", message: "None." }, workspaceId: null });
  await aJob({ ...dead, finishedAt: ago(1), error: { ...failed, message: "Ours." } });
  await aJob({ ...dead, finishedAt: NOW, error: failed, workspaceId: other });
  await aJob({ ...dead, finishedAt: NOW, error: failed, workspaceId: null, isDismissed: true });
  const [nobodys, own] = [await deployment(), await workspace()];
  expect(nobodys.deadGroups).toMatchObject([
    { code: "vendor_failed", count: 1, newestJobId: newest },
    { code: "timeout", count: 1 },
  ]);
  expect(JSON.stringify(nobodys)).not.toContain("ana@");
  expect(mergeHealth(nobodys, own)).toMatchObject({
    deadGroups: [
      { code: "vendor_failed", count: 2, message: "Ours.", newestJobId: newest, newestAt: NOW.toISOString() },
      { code: "timeout", count: 1 },
    ],
    lastDeadAt: NOW.toISOString(),
    storage: own.storage,
    queues: nobodys.queues,
  });
});

test("a scheduled work is told with its last run; late are those that missed two of their times", async () => {
  const ran = (name: string, startedAt: Date, changes: { tookMs?: number; by?: string } = {}) =>
    record.rows(
      `insert into cron_runs (id, name, requested_by, started_at, finished_at, state, result)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        uuidOf(newId("cronRun")),
        name,
        changes.by ?? null,
        startedAt,
        changes.tookMs === undefined ? null : new Date(startedAt.getTime() + changes.tookMs),
        changes.tookMs === undefined ? "running" : "done",
        changes.tookMs === undefined ? null : { resent: 3 },
      ],
    );
  expect((await deployment()).crons.some(({ isLate }) => isLate)).toBe(false);
  await ran("sweep", ago(5 * MINUTE_MS), { tookMs: 80 });
  await ran("reconcile", ago(2 * MINUTE_MS));
  await ran("uploads", ago(16 * MINUTE_MS));
  await ran("digest", ago(60 * MINUTE_MS), { tookMs: 1 });
  await ran("digest", ago(10 * MINUTE_MS), { tookMs: 9, by: newId("user") });
  const { crons } = await deployment();
  const cron = (name: string) => crons.find((one) => one.name === name);
  expect(crons.map(({ name, schedule }) => [name, schedule])).toEqual(
    Object.entries(CRON_CATALOGUE).map(([name, { schedule }]) => [name, schedule]),
  );
  expect(cron("sweep")).toMatchObject({
    isLate: true,
    lastRun: { state: "done", durationMs: 80, result: { resent: 3 }, isByHand: false, error: null },
  });
  expect(cron("reconcile")).toMatchObject({ isLate: false, lastRun: { state: "running", durationMs: null } });
  expect(cron("uploads")).toMatchObject({
    isLate: true,
    lastRun: { state: "failed", error: expect.stringContaining("broke off") },
  });
  expect(cron("digest")).toMatchObject({ isLate: false, lastRun: { isByHand: true, durationMs: 9 } });
  // It never ran, and there have been runs for an hour: that is no time at all for it, and too much for another.
  expect(cron("retention")).toMatchObject({ isLate: false, lastRun: null });
  await ran("sweep", ago(3 * 24 * 60 * MINUTE_MS), { tookMs: 1 });
  expect((await deployment()).crons.find(({ name }) => name === "retention")?.isLate).toBe(true);
});

test("what waits to be let out and what queues gave up is told without what it is about", async () => {
  await record.rows(
    `insert into outbox (id, kind, payload, created_at, last_error)
     values (gen_random_uuid(), 'live', '{}', $1, null), (gen_random_uuid(), 'live', '{}', $2, 'shut')`,
    [ago(1_000), ago(5_000)],
  );
  await record.rows(
    `insert into dead_letters (id, queue, body, reason, at, sent_again_at)
     values ('open', 'earwitness-facts', '{"room":"secret"}', 'Away.', $1, null),
            ('older', 'earwitness-facts', '{}', 'Away.', $2, null),
            ('another', 'earwitness-facts', '{}', 'Unread.', $2, null),
            ('sent', 'earwitness-facts', '{}', '', $1, $1)`,
    [NOW, ago(5_000)],
  );
  const { outbox, deadMessages } = await deployment();
  expect(outbox).toEqual({ waiting: 2, oldestWaitMs: 5_000, failing: 1 });
  expect(deadMessages).toEqual([
    {
      queue: "earwitness-facts",
      reason: "Away.",
      count: 2,
      newestAt: NOW.toISOString(),
    },
    {
      queue: "earwitness-facts",
      reason: "Unread.",
      count: 1,
      newestAt: ago(5_000).toISOString(),
    },
  ]);
});

test("among very many rows each part is found by an index", async () => {
  await record.rows(
    `insert into jobs (id, workspace_id, kind, key, payload, state, finished_at)
     select gen_random_uuid(), $1, 'numbers.sync', 'many ' || n, '{}', 'done', $2::timestamptz - n * interval '1 minute'
     from generate_series(1, 20000) n`,
    [uuidOf(own), NOW],
  );
  await record.rows(
    `insert into cron_runs (id, name, started_at, state)
     select gen_random_uuid(), 'sweep', $1::timestamptz - n * interval '1 minute', 'done' from generate_series(1, 20000) n`,
    [NOW],
  );
  for (const table of ["jobs", "cron_runs", "recordings"]) await record.asOwner(`analyze ${table}`);
  const plan = async (query: string) => JSON.stringify(await record.rows(`explain ${query}`));
  const at = `'${ago(60 * MINUTE_MS).toISOString()}'::timestamptz`;
  expect(
    await plan(`select kind, state, count(*), min(run_after) from jobs where (state = 'queued' and run_after <= now())
      or state = 'running' or (state = 'dead' and dismissed_at is null) group by kind, state`),
  ).toContain("jobs_due_idx");
  expect(
    await plan(`select kind, count(*) from jobs where state = 'done' and finished_at > ${at} group by kind`),
  ).toContain("jobs_finished_idx");
  expect(await plan("select * from cron_runs where name = 'sweep' order by started_at desc limit 1")).toContain(
    "cron_runs_name_idx",
  );
}, 30_000);
