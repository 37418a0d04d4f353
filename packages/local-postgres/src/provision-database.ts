import { withClient } from "./client.ts";

/** Owns the tables and runs migrations. */
export const OWNER_ROLE = "earwitness_owner";
/** What the workers log in as: not the tables' owner, so that row-level security holds for it. */
export const APP_ROLE = "earwitness_app";

export interface ProvisionedDatabase {
  name: string;
  ownerUrl: string;
  appUrl: string;
}

/**
 * Makes the two roles and the database `name` on the server behind `adminUrl`, as far as they are missing, and gives the
 * app role the right to read and write (never to alter) whatever tables the owner will make. Safe to run again.
 * `passwords` are set on each run, because a server that is not ours checks them.
 */
export async function provisionDatabase(
  adminUrl: string,
  name: string,
  passwords: { owner: string; app: string } = { owner: "local", app: "local" },
): Promise<ProvisionedDatabase> {
  await withClient(adminUrl, async (client) => {
    for (const [role, password] of [
      [OWNER_ROLE, passwords.owner],
      [APP_ROLE, passwords.app],
    ] as const) {
      const found = await client.query("select rolsuper or rolbypassrls as mighty from pg_roles where rolname = $1", [
        role,
      ]);
      // Only a superuser may take these rights away again, so a role that has them is refused instead.
      if (found.rows[0]?.mighty) throw new Error(`The role ${role} is above row-level security: alter or drop it.`);
      const verb = found.rowCount === 0 ? "create" : "alter";
      await client.query(`${verb} role ${role} with login password ${client.escapeLiteral(password)}`);
    }
    // Who makes a database for another role must belong to that role; a superuser does anyway.
    await client.query(`grant ${OWNER_ROLE} to current_user`);
    const found = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (found.rowCount === 0) {
      await client.query(`create database ${client.escapeIdentifier(name)} owner ${OWNER_ROLE}`);
    }
  });
  // A database that was there before belongs to whoever made it; ours must be able to make tables and extensions in it.
  const sameLogin = new URL(adminUrl);
  sameLogin.pathname = `/${encodeURIComponent(name)}`;
  await withClient(sameLogin.href, async (client) => {
    await client.query(`grant create on database ${client.escapeIdentifier(name)} to ${OWNER_ROLE}`);
    await client.query(`grant all on schema public to ${OWNER_ROLE} with grant option`);
  });
  const ownerUrl = withLogin(adminUrl, name, OWNER_ROLE, passwords.owner);
  await grantToApp(ownerUrl);
  return { name, ownerUrl, appUrl: withLogin(adminUrl, name, APP_ROLE, passwords.app) };
}

/**
 * Lets the app role read and write the tables that are there and those that their owner will make; never alter them.
 * `ownerUrl` must log in as that owner. Safe to run again.
 */
export async function grantToApp(ownerUrl: string): Promise<void> {
  const onTables = "select, insert, update, delete on";
  const onSequences = "usage, select on";
  await withClient(ownerUrl, async (client) => {
    await client.query(`grant usage on schema public to ${APP_ROLE}`);
    await client.query(`grant ${onTables} all tables in schema public to ${APP_ROLE}`);
    await client.query(`grant ${onSequences} all sequences in schema public to ${APP_ROLE}`);
    await client.query(`alter default privileges in schema public grant ${onTables} tables to ${APP_ROLE}`);
    await client.query(`alter default privileges in schema public grant ${onSequences} sequences to ${APP_ROLE}`);
  });
}

/** The same server, seen by another role in another database. */
export function withLogin(serverUrl: string, database: string, role: string, password: string): string {
  const url = new URL(serverUrl);
  url.username = role;
  url.password = encodeURIComponent(password);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}
