import path from "node:path";
import {
  migrateDatabase,
  type PostgresServer,
  type ProvisionedDatabase,
  provisionDatabase,
  startPostgres,
} from "@earwitness/local-postgres";
import { MIGRATIONS } from "../paths.ts";
import type { LocalSecrets } from "./local-secrets.ts";

export interface Database extends ProvisionedDatabase {
  /** The server, where it is ours to stop and start; undefined with a `DATABASE_URL`. */
  server: PostgresServer | undefined;
}

/**
 * The stack's database, with its roles and its migrations done: on our own Postgres, or on the server behind
 * `databaseUrl`, whose user must be allowed to make roles and databases.
 */
export async function openDatabase(options: {
  stateFolder: string;
  databaseUrl: string | undefined;
  secrets: LocalSecrets;
  /** Hears the process id of our Postgres at each start. */
  onServerStart: (pid: number) => void;
}): Promise<Database> {
  const { databaseUrl, secrets } = options;
  if (databaseUrl !== undefined) {
    const passwords = { owner: secrets.databaseOwnerPassword, app: secrets.databaseAppPassword };
    const name = new URL(databaseUrl).pathname.slice(1) || "earwitness";
    return { ...(await provisionDatabase(databaseUrl, name, passwords)), server: undefined };
  }
  const server = await startPostgres({
    dataFolder: path.join(options.stateFolder, "postgres"),
    onStart: options.onServerStart,
  });
  try {
    return { ...(await provisionDatabase(server.url("postgres", "postgres"), "earwitness")), server };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Brings the tables up to date. */
export async function migrate(database: Database): Promise<void> {
  await migrateDatabase(database.ownerUrl, MIGRATIONS);
}
