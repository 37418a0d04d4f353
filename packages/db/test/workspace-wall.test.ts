import { uuidOf, type WorkspaceId } from "@earwitness/shared";
import { type TestDatabase, testDatabase, withClient } from "@earwitness/testing/postgres";
import { aCall, aNumber, aRecording } from "@earwitness/testing/records";
import { sql } from "drizzle-orm";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Database,
  listCalls,
  listNumbers,
  listRecordings,
  readCall,
  readCoverage,
  readNumber,
  readStoredAudio,
  readWorkspace,
  type Scope,
} from "../src/index.ts";
import { connect } from "../src/node.ts";
import { createRepositories } from "../src/repositories/index.ts";
import { aWorkspace, system, userOf } from "./support/factories.ts";
import { plantRow, workspaceTables } from "./support/foreign-rows.ts";

let fresh: TestDatabase;
let database: Database;
/** The workers' role, past our own code. */
let workers: Pool;
beforeAll(async () => {
  fresh = await testDatabase();
  database = connect(fresh.workerUrl);
  workers = new Pool({ connectionString: fresh.appUrl, max: 1 });
});
afterAll(async () => {
  await workers.end();
  await database.close();
  await fresh.drop();
});

test("a user finds the calls of the workspace and no other's", async () => {
  const [ours, theirs] = [await aWorkspace(database), await aWorkspace(database)];
  const [mine, foreign] = [aCall(ours), aCall(theirs)];
  await database.unitOfWork(system)(async (tx) => {
    await tx.calls.save(mine);
    await tx.calls.save(foreign);
  });
  const asUser = database.unitOfWork(userOf(ours));
  await expect(asUser((tx) => tx.calls.find(mine.id))).resolves.toMatchObject({ id: mine.id });
  await expect(asUser((tx) => tx.calls.find(foreign.id))).rejects.toMatchObject({ code: "not_found" });
  await expect(database.unitOfWork({ kind: "visitor" })((tx) => tx.calls.find(mine.id))).rejects.toMatchObject({
    code: "not_found",
  });
});

test("the wall behind the repositories hides what a forgotten condition would show", async () => {
  const [ours, theirs] = [await aWorkspace(database), await aWorkspace(database)];
  await database.unitOfWork(system)((tx) => tx.calls.save(aCall(theirs)));
  const count = (actor: Parameters<Database["read"]>[0]) =>
    database.read(actor, async ({ db }) => (await db.execute(sql`select id from calls`)).rows.length);
  expect(await count(userOf(ours))).toBe(0);
  expect(await count({ kind: "visitor" })).toBe(0);
  expect(await count(system)).toBeGreaterThan(0);
});

test("a row of another workspace cannot be written", async () => {
  const [ours, theirs] = [await aWorkspace(database), await aWorkspace(database)];
  const act = database.unitOfWork(userOf(ours))((tx) => tx.calls.save(aCall(theirs)));
  await expect(act).rejects.toMatchObject({ cause: { message: expect.stringContaining("row-level security") } });
});

test("who sets no workspace sees nothing, whether as the workers' role or as the tables' owner", async () => {
  const workspace = await aWorkspace(database);
  await database.unitOfWork(system)((tx) => tx.calls.save(aCall(workspace)));
  for (const url of [fresh.appUrl, fresh.ownerUrl]) {
    const { rows } = await withClient(url, (client) => client.query("select id from calls"));
    expect(rows).toEqual([]);
  }
});

test("who acts in one transaction does not act in the next on the same connection", async () => {
  const workspace = await aWorkspace(database);
  await database.unitOfWork(system)((tx) => tx.calls.save(aCall(workspace)));
  await withClient(fresh.appUrl, async (client) => {
    const ofWorkspace = async () =>
      (await client.query("select id from calls where workspace_id = $1", [uuidOf(workspace)])).rows.length;
    await client.query("begin");
    await client.query("select set_config('app.actor', 'system', true)");
    expect(await ofWorkspace()).toBe(1);
    await client.query("commit");
    expect(await ofWorkspace()).toBe(0);
  });
});

/** What a request is identified by, before it is known whose it is: these are seen by those whom nobody knows yet. */
const WITH_DOOR: readonly string[] = [
  "answered_requests",
  "api_keys",
  "invitations",
  "mails",
  "memberships",
  "refresh_tokens",
  "token_families",
  "workspaces",
];
/** Rows of rooms and of people, which a workspace is only noted in: the one is for jobs alone, the other is found by its token. */
const WITHOUT_WALL: readonly string[] = ["room_cursors", "sessions"];
/** Not forced upon the tables' owner, as whom the view that has the same condition reads: the workers' role never sees more. */
const READ_BY_VIEW: readonly string[] = ["spoken_lines"];

describe("every table that holds rows of workspaces", () => {
  test("has the wall, forced, but for those that are of no workspace", async () => {
    const { rows } = await withClient(fresh.ownerUrl, (client) =>
      client.query<{ relname: string }>(`
        select relname from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relrowsecurity and relforcerowsecurity`),
    );
    const walled = new Set(rows.map(({ relname }) => relname));
    const tables = workspaceTables().map(({ table }) => table);
    expect(tables.length).toBeGreaterThan(25);
    expect(tables.filter((table) => !walled.has(table))).toEqual([...WITHOUT_WALL, ...READ_BY_VIEW].toSorted());
  });

  test.each(workspaceTables().filter(({ table }) => !WITHOUT_WALL.includes(table)))(
    "$table shows others no row, and lets them add, change and remove none, though nobody asks with a condition",
    async (each) => {
      const { table, column } = each;
      const [ours, theirs] = [uuidOf(await aWorkspace(database)), uuidOf(await aWorkspace(database))];
      if (table !== "workspaces") for (const workspace of [ours, theirs]) await plantRow(fresh, each, workspace);
      const asUs = (text: string, values: string[] = []) => writtenBy({ actor: "user", workspace: ours }, text, values);
      const isTheirs = `where "${column}" is distinct from $1`;
      // No grant lets the workers' role change or remove what was logged, not even its own.
      const none = table === "audit_entries" ? "refused" : 0;
      expect({
        seenByUs: await asUs(`select 1 from "${table}"`),
        seenByThem: await writtenBy({ actor: "user", workspace: theirs }, `select 1 from "${table}"`),
        isSeenByVisitors: (await writtenBy({ actor: "visitor", workspace: "" }, `select 1 from "${table}"`)) !== 0,
        changed: await asUs(`update "${table}" set "${column}" = "${column}" ${isTheirs}`, [ours]),
        moved: await asUs(`update "${table}" set "${column}" = $1`, [theirs]),
        removed: await asUs(`delete from "${table}" ${isTheirs}`, [ours]),
      }).toEqual({
        seenByUs: 1,
        seenByThem: 1,
        isSeenByVisitors: WITH_DOOR.includes(table),
        changed: none,
        moved: "refused",
        removed: none,
      });
    },
  );
});

test("the view of searchable lines shows the workspace at hand its own, and lets nobody write others'", async () => {
  const [ours, theirs] = [uuidOf(await aWorkspace(database)), uuidOf(await aWorkspace(database))];
  const lines = { table: "spoken_lines", column: "workspace_id" };
  for (const workspace of [ours, theirs]) await plantRow(fresh, lines, workspace);
  const seenBy = (actor: "user" | "visitor", workspace: string) =>
    writtenBy({ actor, workspace }, "select 1 from searchable_lines");
  expect(await seenBy("user", ours)).toBe(1);
  expect(await seenBy("user", theirs)).toBe(1);
  expect(await seenBy("visitor", "")).toBe(0);
  const asUs = { actor: "user", workspace: ours } as const;
  expect(await writtenBy(asUs, "delete from searchable_lines where workspace_id <> $1", [ours])).toBe(0);
  await expect(writtenBy(asUs, "update searchable_lines set workspace_id = $1", [theirs])).rejects.toThrow(
    /check option/,
  );
});

describe("a query that forgets its condition", () => {
  /** The query as whoever sees everything would ask it, in a transaction of somebody of `workspaceId`. */
  const forgetting = <T>(workspaceId: WorkspaceId, query: (scope: Scope) => Promise<T>) =>
    database.read(userOf(workspaceId), (scope) => query({ ...scope, actor: system }));

  test("still sees the workspace that asks and no other, in lists and by id", async () => {
    const [ours, theirs] = [await aWorkspace(database), await aWorkspace(database)];
    const [mine, foreign] = [aCall(ours), aCall(theirs)];
    const [ourNumber, theirNumber] = [aNumber(ours), aNumber(theirs)];
    const recording = aRecording(foreign, { state: "stored", r2Key: "key", sizeBytes: 1, sha256: "a" });
    await database.unitOfWork(system)(async (tx) => {
      for (const call of [mine, foreign]) await tx.calls.save(call);
      for (const number of [ourNumber, theirNumber]) await tx.numbers.claim(number);
      await tx.recordings.add(recording);
    });
    const page = { filter: {}, after: null, limit: 100 };
    expect((await forgetting(ours, (scope) => listCalls(scope, page))).calls.map(({ id }) => id)).toEqual([mine.id]);
    expect((await forgetting(ours, listNumbers)).map(({ id }) => id)).toEqual([ourNumber.id]);
    const hidden: ((scope: Scope) => Promise<unknown>)[] = [
      (scope) => readCall(scope, foreign.id),
      (scope) => readCoverage(scope, foreign.id),
      (scope) => listRecordings(scope, foreign.id),
      (scope) => readStoredAudio(scope, recording.id),
      (scope) => readNumber(scope, theirNumber.id),
      (scope) => readWorkspace(scope, theirs),
      (scope) => createRepositories(scope).calls.find(foreign.id),
      (scope) => createRepositories(scope).recordings.find(recording.id),
      (scope) => createRepositories(scope).numbers.find(theirNumber.id),
    ];
    for (const query of hidden) {
      await expect(forgetting(ours, query)).rejects.toMatchObject({ code: "not_found" });
      // It would be found by who may: what hides it is the wall.
      await expect(forgetting(theirs, query)).resolves.toBeDefined();
    }
  });
});

/**
 * How many rows a statement of the workers' role saw or wrote in a transaction as a unit of work opens it; `refused` where the
 * database would not have it. Nothing of it stays.
 */
async function writtenBy(
  as: { actor: "user" | "visitor"; workspace: string },
  text: string,
  values: string[] = [],
): Promise<number | "refused"> {
  const client = await workers.connect();
  await client.query("begin");
  try {
    await client.query("select set_config('app.workspace_id', $1, true), set_config('app.actor', $2, true)", [
      as.workspace,
      as.actor,
    ]);
    return (await client.query(text, values)).rowCount ?? 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === INSUFFICIENT_PRIVILEGE) return "refused";
    throw error;
  } finally {
    await client.query("rollback");
    client.release();
  }
}
/** What a wall and a missing grant say alike. https://www.postgresql.org/docs/17/errcodes-appendix.html */
const INSUFFICIENT_PRIVILEGE = "42501";
