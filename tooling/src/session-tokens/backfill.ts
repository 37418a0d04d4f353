import { setTimeout as sleep } from "node:timers/promises";
import { withShortLock } from "./short-lock.ts";
import { type Client, quoted, readProgress, type SessionTable, sha256Sql } from "./table.ts";

/** So few rows are held at a time, so shortly that nobody who uses one of them notices. */
const BATCH = 500;
/** After a batch that found every remaining row in use. */
const PAUSE_MS = 100;

/**
 * Hashes the tokens of the sessions that were there before `expand`, batch by batch, each in a transaction of its own. Stopped at
 * any moment it goes on from there when it is run again, also beside another one. Ends when there is no session without a hash,
 * and has the table refuse one. Returns how many it hashed. Throws where `expand` was not run.
 */
export async function backfill(
  client: Client,
  names: SessionTable,
  { batch = BATCH, onBatch }: { batch?: number; onBatch?: (hashed: number) => void | Promise<void> } = {},
): Promise<number> {
  const progress = await readProgress(client, names);
  if (!progress.hasTrigger || !progress.hasHashColumn) throw new Error("Run the step expand first.");
  const { table, raw, hash } = quoted(client, names);
  let hashed = 0;
  for (;;) {
    const { rowCount } = await client.query(
      `update ${table} set ${hash} = ${sha256Sql(raw)} where ctid = any (array(
        select ctid from ${table} where ${hash} is null limit ${batch} for update skip locked))`,
    );
    hashed += rowCount ?? 0;
    await onBatch?.(hashed);
    if (rowCount === 0) {
      if ((await readProgress(client, names)).unhashed === 0) break;
      await sleep(PAUSE_MS);
    }
  }
  await requireHash(client, names);
  return hashed;
}

/** By way of a constraint that is checked without a lock, so that the column's own check has nothing left to look at. */
async function requireHash(client: Client, names: SessionTable): Promise<void> {
  const { table, hash } = quoted(client, names);
  const constraint = client.escapeIdentifier(`${names.table}_${names.hashColumn}_set`);
  await withShortLock(client, [
    `alter table ${table} drop constraint if exists ${constraint}`,
    `alter table ${table} add constraint ${constraint} check (${hash} is not null) not valid`,
  ]);
  await client.query(`alter table ${table} validate constraint ${constraint}`);
  await withShortLock(client, [
    `alter table ${table} alter column ${hash} set not null`,
    `alter table ${table} drop constraint ${constraint}`,
  ]);
}
