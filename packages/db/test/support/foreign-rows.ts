import { type TestDatabase, withClient } from "@earwitness/testing/postgres";
import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import * as schema from "../../src/schema/index.ts";

/** A table that holds rows of workspaces, and the column that says whose they are. */
export interface WorkspaceTable {
  readonly table: string;
  readonly column: string;
}

/** Every table of the schema that says of its rows whose they are: a new one is among them by itself. */
export function workspaceTables(): WorkspaceTable[] {
  return Object.values(schema)
    .filter((each) => is(each, PgTable))
    .map((each) => getTableConfig(each))
    .flatMap(({ name: table, columns }) => {
      if (table === "workspaces") return [{ table, column: "id" }];
      const column = columns.find(({ name }) => name === "workspace_id");
      return column === undefined ? [] : [{ table, column: column.name }];
    })
    .toSorted((a, b) => (a.table < b.table ? -1 : 1));
}

/** Values that fit a column of the type, none like another where that matters. */
const VALUES: Readonly<Record<string, string>> = {
  uuid: "gen_random_uuid()",
  text: "gen_random_uuid()::text",
  integer: "1",
  bigint: "1",
  real: "1",
  boolean: "true",
  jsonb: "'{}'",
  tsvector: "''",
  "timestamp with time zone": "now()",
};

/** Writes a row of a workspace into a table, past its wall, its keys to other tables and its triggers. */
export async function plantRow(
  database: TestDatabase,
  { table, column }: WorkspaceTable,
  workspaceUuid: string,
): Promise<void> {
  const url = new URL(database.adminUrl);
  url.pathname = new URL(database.appUrl).pathname;
  await withClient(url.href, async (client) => {
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    const { rows } = await client.query<{ name: string; type: string }>(
      `select column_name as name, data_type as type from information_schema.columns
       where table_schema = 'public' and table_name = $1 and is_nullable = 'NO' and column_default is null`,
      [table],
    );
    const others = rows.filter(({ name }) => name !== column);
    const values = others.map(({ name, type }) => VALUES[type] ?? `'no value for ${name} ${type}'`);
    await client.query(
      `insert into "${table}" (${[column, ...others.map(({ name }) => name)].map((name) => `"${name}"`).join(", ")})
       values (${["$1", ...values].join(", ")})`,
      [workspaceUuid],
    );
    await client.query("commit");
  });
}
