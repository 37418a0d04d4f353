import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dropDatabase, migrateDatabase, startPostgres, withClient } from "@earwitness/local-postgres";
import { MIGRATIONS } from "../paths.ts";

/** A database with the record's tables and nothing in them, for as long as it is open. */
export interface Scratch {
  readonly url: string;
  close(): Promise<void>;
}

/** Makes one on the server of `serverUrl`, whose user must be allowed to, or on a Postgres of its own. */
export async function openScratch(serverUrl: string | undefined): Promise<Scratch> {
  if (serverUrl !== undefined) return makeDatabase(serverUrl);
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-replay-"));
  const server = await startPostgres({ dataFolder: path.join(folder, "postgres") });
  const end = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { url } = await makeDatabase(server.url("postgres", "postgres"));
    return { url, close: end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function makeDatabase(serverUrl: string): Promise<Scratch> {
  // A name that nothing else has: what is there already is never touched.
  const name = `earwitness_replay_${randomUUID().replaceAll("-", "")}`;
  await withClient(serverUrl, (client) => client.query(`create database ${client.escapeIdentifier(name)}`));
  const close = () => dropDatabase(serverUrl, name);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  try {
    await migrateDatabase(url.href, MIGRATIONS);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: url.href, close };
}
