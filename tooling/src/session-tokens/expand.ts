import { withShortLock } from "./short-lock.ts";
import { type Client, hashIndexOf, quoted, readProgress, type SessionTable, sha256Sql, TRIGGER } from "./table.ts";

/**
 * Has the table hold the hash of each token beside the token: a column, and a trigger that fills it for every session that is
 * opened or changed from now on. Code that asks by the token and code that asks by its hash find the same sessions. Until the
 * last step the trigger also keeps tokens as they are: the older code would not know a new one.
 *
 * Doing it again changes nothing. Throws where there is no raw column, and nothing to migrate.
 */
export async function expand(client: Client, names: SessionTable): Promise<void> {
  const progress = await readProgress(client, names);
  if (!progress.hasRawColumn)
    throw new Error(`${names.table} has no column ${names.rawColumn}: it holds no raw tokens.`);
  const { table, raw, hash } = quoted(client, names);
  await withShortLock(client, [
    `alter table ${table} add column if not exists ${hash} text`,
    `create or replace function ${TRIGGER}() returns trigger language plpgsql as $$
begin
	if tg_op = 'UPDATE' and old.${hash} is not null and new.${raw} is not distinct from old.${raw}
		and new.${hash} is distinct from old.${hash} then
		return null;
	end if;
	if new.${raw} is not null then
		new.${hash} := ${sha256Sql(`new.${raw}`)};
	end if;
	return new;
end
$$`,
    `create or replace trigger ${TRIGGER} before insert or update on ${table} for each row execute function ${TRIGGER}()`,
  ]);
  await addUniqueIndex(client, names);
}

/** Without holding anybody up; an index that an earlier attempt left half made is made again. */
async function addUniqueIndex(client: Client, names: SessionTable): Promise<void> {
  const { table, hash } = quoted(client, names);
  const index = client.escapeIdentifier(hashIndexOf(names));
  const { rows } = await client.query<{ indisvalid: boolean }>(
    "select indisvalid from pg_index where indexrelid = to_regclass($1)",
    [index],
  );
  if (rows[0]?.indisvalid) return;
  await client.query(`drop index concurrently if exists ${index}`);
  await client.query(`create unique index concurrently ${index} on ${table} (${hash})`);
}
