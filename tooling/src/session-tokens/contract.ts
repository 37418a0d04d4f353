import { withShortLock } from "./short-lock.ts";
import { type Client, quoted, readProgress, type SessionTable, TRIGGER } from "./table.ts";

/**
 * Takes the raw tokens away: the trigger, the column, and what is left of it in the table's own pages, which dropping a column
 * does not touch. The rewrite holds the table for as long as it takes to copy, about a second for a million sessions.
 * Doing it again only rewrites. Throws while code is still needed that writes raw tokens (`release` was not run).
 */
export async function contract(client: Client, names: SessionTable): Promise<void> {
  const progress = await readProgress(client, names);
  const { table, raw } = quoted(client, names);
  if (progress.hasRawColumn) {
    if (progress.unhashed > 0)
      throw new Error(`${progress.unhashed} sessions have no hash yet. Run the step backfill.`);
    if (!progress.isRawOptional) throw new Error("Run the step release first, and deploy what keeps no raw tokens.");
    await withShortLock(client, [
      `drop trigger if exists ${TRIGGER} on ${table}`,
      `drop function if exists ${TRIGGER}()`,
      `alter table ${table} drop column ${raw}`,
    ]);
  }
  await client.query(`vacuum (full) ${table}`);
}
