import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Scope } from "../scope.ts";

const Found = z.object({ version: z.string(), migrations: z.coerce.number().int() });

/** What the database says of itself: its version, and how many migrations it has had. */
export async function readDatabaseCheck({ db }: Scope): Promise<{ version: string; migrations: number }> {
  const { rows } = await db.execute(
    sql`select current_setting('server_version') as version, (select count(*) from drizzle.__drizzle_migrations) as migrations`,
  );
  return Found.parse(rows[0]);
}

/** Proves that the database answers. */
export async function ping({ db }: Scope): Promise<void> {
  await db.execute(sql`select 1`);
}
