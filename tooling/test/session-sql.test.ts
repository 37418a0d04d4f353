import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findSessionSql } from "../src/verify/session-sql.ts";

const REPOSITORY = path.join(import.meta.dirname, "../..");

describe("SQL that a transaction pooler cannot carry", () => {
  it.each([
    ["SET", "client.query(`SET search_path TO app`)"],
    ["SET", 'client.query("begin; set statement_timeout = 500; commit")'],
    ["SET", "sql`set local app.workspace_id = $1`"],
    ["LISTEN", 'client.query("LISTEN calls")'],
    ["NOTIFY", "client.query(`notify calls, 'x'`)"],
    ["an advisory lock", "sql`select pg_try_advisory_xact_lock($1)`"],
    ["a temporary table", "sql`create temp table t (id int)`"],
    ["PREPARE", "sql`prepare find as select 1`"],
    ["PREPARE", 'db.select().from(calls).prepare("calls_by_id")'],
    ["DISCARD", 'client.query("discard all")'],
    ["a session-wide set_config", "sql`select set_config('app.workspace_id', $1, false)`"],
  ])("%s is found in %s", (what, source) => {
    expect(findSessionSql(source)).toEqual([what]);
  });

  it.each([
    "sql`update calls set state = $1 where id = $1`",
    "sql`select set_config('app.workspace_id', $1, true)`",
    'tx.update(calls).set({ state: "ended" })',
    "// SET search_path TO app",
    'throw new Error("Set DATABASE_URL to another server")',
    "sql`select * from outbox for update skip locked`",
  ])("nothing is found in %s", (source) => {
    expect(findSessionSql(source)).toEqual([]);
  });

  it("is nowhere in the product", () => {
    const files = globSync(["packages/{db,core,providers}/src/**/*.ts", "workers/*/src/**/*.ts"], { cwd: REPOSITORY });
    expect(files.length).toBeGreaterThan(20);
    const violations = files.flatMap((file) =>
      findSessionSql(readFileSync(path.join(REPOSITORY, file), "utf8")).map((what) => `${file}: ${what}`),
    );
    expect(violations).toEqual([]);
  });
});
