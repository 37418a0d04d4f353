import type { withClient } from "@earwitness/local-postgres";

/** A direct connection as the tables' owner. */
export type Client = Parameters<Parameters<typeof withClient>[1]>[0];

/** The table of sessions that is migrated, as Postgres knows its names. */
export interface SessionTable {
  readonly table: string;
  /** Holds tokens as browsers have them, until the last step. */
  readonly rawColumn: string;
  /** Holds their SHA-256 in lower-case hex, as the product reads them. */
  readonly hashColumn: string;
}

/** How far the migration has come, read off the table alone: a step that was interrupted is simply run again. */
export interface Progress {
  readonly hasRawColumn: boolean;
  readonly hasHashColumn: boolean;
  readonly hasTrigger: boolean;
  /** Sessions whose hash is still missing; 0 without the raw column. */
  readonly unhashed: number;
  /** Whether a session may be kept without its raw token. */
  readonly isRawOptional: boolean;
}

export const TRIGGER = "hash_session_token";
/** The name of the hash column's unique index; what Postgres would have called it. */
export function hashIndexOf({ table, hashColumn }: SessionTable): string {
  return `${table}_${hashColumn}_unique`;
}

/** Reads how far the migration has come. Throws for a table that there is not. */
export async function readProgress(client: Client, names: SessionTable): Promise<Progress> {
  const { rows } = await client.query<{ attname: string; attnotnull: boolean }>(
    "select attname, attnotnull from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped",
    [client.escapeIdentifier(names.table)],
  );
  if (rows.length === 0) throw new Error(`There is no table ${names.table}.`);
  const raw = rows.find(({ attname }) => attname === names.rawColumn);
  const hash = rows.find(({ attname }) => attname === names.hashColumn);
  const trigger = await client.query("select 1 from pg_trigger where tgrelid = to_regclass($1) and tgname = $2", [
    client.escapeIdentifier(names.table),
    TRIGGER,
  ]);
  return {
    hasRawColumn: raw !== undefined,
    hasHashColumn: hash !== undefined,
    hasTrigger: trigger.rows.length > 0,
    unhashed: raw === undefined ? 0 : await countUnhashed(client, names, hash !== undefined),
    isRawOptional: raw?.attnotnull === false,
  };
}

async function countUnhashed(client: Client, names: SessionTable, hasHashColumn: boolean): Promise<number> {
  const { table, hash } = quoted(client, names);
  const missing = hasHashColumn ? `where ${hash} is null` : "";
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table} ${missing}`);
  return rows[0]?.n ?? 0;
}

/** The names as they are written in SQL. */
export function quoted(client: Client, { table, rawColumn, hashColumn }: SessionTable) {
  const quote = (name: string) => client.escapeIdentifier(name);
  return { table: quote(table), raw: quote(rawColumn), hash: quote(hashColumn) };
}

/** SQL for the SHA-256 of a text column, as `sha256Hex` makes it. */
export function sha256Sql(column: string): string {
  return `encode(sha256(convert_to(${column}, 'UTF8')), 'hex')`;
}
