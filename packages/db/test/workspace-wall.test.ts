import { type TestDatabase, testDatabase, withClient } from "@earwitness/testing/postgres";
import { aCall } from "@earwitness/testing/records";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../src/index.ts";
import { connect } from "../src/node.ts";
import { aWorkspace, system, userOf } from "./support/factories.ts";

let fresh: TestDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await testDatabase();
  database = connect(fresh.appUrl);
});
afterAll(async () => {
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

test("the workspace of one transaction is not that of the next on the same connection", async () => {
  const workspace = await aWorkspace(database);
  await withClient(fresh.appUrl, async (client) => {
    await client.query("begin");
    await client.query("select set_config('app.actor', 'system', true)");
    await client.query("insert into workspaces (id, name) values (gen_random_uuid(), 'x')");
    await client.query("commit");
    expect((await client.query("select id from calls")).rows).toEqual([]);
  });
  expect(workspace).toBeTruthy();
});

test("every table with a workspace has the wall, forced, except those that say who may come in", async () => {
  const { rows } = await withClient(fresh.ownerUrl, (client) =>
    client.query(`
      select c.relname from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and not (c.relrowsecurity and c.relforcerowsecurity)
      order by 1`),
  );
  expect(rows.map(({ relname }) => relname)).toEqual(["mails", "room_cursors", "sessions"]);
});
