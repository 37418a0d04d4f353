import { withShortLock } from "./short-lock.ts";
import { type Client, hashIndexOf, quoted, readProgress, type SessionTable } from "./table.ts";

/**
 * Lets sessions be kept without their raw token, as the product keeps them. Where the raw token is the primary key, as in Auth.js's
 * own schema, the hash takes its place; else it becomes unique by a constraint, as in the product's. Doing it again changes nothing. Throws while a session has no hash.
 */
export async function release(client: Client, names: SessionTable): Promise<void> {
  const progress = await readProgress(client, names);
  if (!progress.hasTrigger) throw new Error("Run the steps expand and backfill first.");
  if (progress.unhashed > 0) throw new Error(`${progress.unhashed} sessions have no hash yet. Run the step backfill.`);
  if (progress.isRawOptional) return;
  const { table, raw } = quoted(client, names);
  const key = await primaryKeyOn(client, names);
  const index = client.escapeIdentifier(hashIndexOf(names));
  await withShortLock(client, [
    ...(key === null
      ? [`alter table ${table} add constraint ${index} unique using index ${index}`]
      : [
          `alter table ${table} drop constraint ${client.escapeIdentifier(key)}`,
          `alter table ${table} add primary key using index ${index}`,
        ]),
    `alter table ${table} alter column ${raw} drop not null`,
  ]);
}

/** The name of the primary key, where it is the raw column; null otherwise. */
async function primaryKeyOn(client: Client, names: SessionTable): Promise<string | null> {
  const { rows } = await client.query<{ conname: string }>(
    `select c.conname from pg_constraint c
     join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
     where c.conrelid = to_regclass($1) and c.contype = 'p' and a.attname = $2`,
    [client.escapeIdentifier(names.table), names.rawColumn],
  );
  return rows[0]?.conname ?? null;
}
