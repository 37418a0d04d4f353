import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase, withClient } from "../src/postgres/index.ts";

let one: TestDatabase;
let other: TestDatabase;
beforeAll(async () => {
  [one, other] = [await testDatabase(), await testDatabase()];
});
afterAll(async () => {
  await one.drop();
  await other.drop();
});

it("gives each test file a migrated database of its own", async () => {
  const tables = await withClient(one.ownerUrl, (client) =>
    client.query("select count(*)::int as count from information_schema.tables where table_schema = 'public'"),
  );
  expect(tables.rows[0]?.count).toBeGreaterThan(0);
  await withClient(one.ownerUrl, (client) => client.query("create table only_here (id int)"));
  await expect(withClient(other.ownerUrl, (client) => client.query("select * from only_here"))).rejects.toThrow(
    "does not exist",
  );
});
