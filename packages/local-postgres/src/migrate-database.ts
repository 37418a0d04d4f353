import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { withClient } from "./client.ts";

/**
 * Runs the SQL migrations in `folder` that the database has not seen, in order, each once.
 * `ownerUrl` must belong to the role that owns the tables.
 */
export async function migrateDatabase(ownerUrl: string, folder: string): Promise<void> {
  await withClient(ownerUrl, (client) => migrate(drizzle(client), { migrationsFolder: folder }));
}
