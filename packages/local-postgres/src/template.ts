import { DatabaseError } from "pg";
import { withClient } from "./client.ts";
import { APP_ROLE, OWNER_ROLE, type ProvisionedDatabase, withLogin } from "./provision-database.ts";

/**
 * Makes database `name` as a copy of `template` (about 100 ms): same tables, rows and rights.
 * Nobody may be connected to the template meanwhile.
 */
export async function cloneDatabase(adminUrl: string, template: string, name: string): Promise<ProvisionedDatabase> {
  await withClient(adminUrl, (client) =>
    client.query(
      `create database ${client.escapeIdentifier(name)} template ${client.escapeIdentifier(template)} owner ${OWNER_ROLE}`,
    ),
  );
  return {
    name,
    ownerUrl: withLogin(adminUrl, name, OWNER_ROLE, "local"),
    appUrl: withLogin(adminUrl, name, APP_ROLE, "local"),
  };
}

/** Postgres' word for a database that somebody is still connected to. */
const IN_USE = "55006";

/**
 * Removes a database with everything in it. Sessions that are just leaving are waited for, which Postgres itself does for up
 * to five seconds: ending one under its client's feet would be an error there. Whatever stays longer is ended.
 */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const drop = `drop database if exists ${client.escapeIdentifier(name)}`;
    try {
      await client.query(drop);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code !== IN_USE) throw error;
      await client.query(`${drop} with (force)`);
    }
  });
}
