import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  cloneDatabase,
  dropDatabase,
  migrateDatabase,
  provisionDatabase,
  startPostgres,
  withClient,
} from "../src/index.ts";

// A mktemp folder is closed to every other account: the case that root's Postgres must cope with.
const folder = mkdtempSync(path.join(tmpdir(), "earwitness-test-"));
const dataFolder = path.join(folder, "postgres");
const servers: { stop(): Promise<void> }[] = [];
afterAll(async () => {
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("a local Postgres", () => {
  it("keeps what was committed over a stop, a kill -9 and a starter that vanished", async () => {
    const server = await startPostgres({ dataFolder });
    servers.push(server);
    const admin = server.url("postgres", "postgres");
    const { appUrl, ownerUrl } = await provisionDatabase(admin, "earwitness");
    await withClient(ownerUrl, (client) => client.query("create table notes (text text)"));

    await withClient(appUrl, (client) => client.query("insert into notes values ('before the stop')"));
    await server.stop();
    await expect(withClient(appUrl, (client) => client.query("select 1"))).rejects.toThrow("ECONNREFUSED");
    await server.start();

    await withClient(appUrl, (client) => client.query("insert into notes values ('before the kill')"));
    await server.kill();
    await server.start();

    // As if this process had been killed: the server still runs when the next one starts over the same folder.
    const next = await startPostgres({ dataFolder });
    servers.push(next);
    const url = next.url("earwitness", "earwitness_app");
    const notes = await withClient(url, (client) => client.query("select text from notes"));
    expect(notes.rows).toEqual([{ text: "before the stop" }, { text: "before the kill" }]);
  });

  it("lets the app role use the owner's tables but not alter them", async () => {
    const server = await startPostgres({ dataFolder });
    servers.push(server);
    const admin = server.url("postgres", "postgres");
    await provisionDatabase(admin, "earwitness");
    const { appUrl } = await provisionDatabase(admin, "earwitness");
    await expect(withClient(appUrl, (client) => client.query("drop table notes"))).rejects.toThrow("must be owner");
    const role = await withClient(appUrl, (client) =>
      client.query("select rolsuper, rolbypassrls from pg_roles where rolname = current_user"),
    );
    expect(role.rows).toEqual([{ rolsuper: false, rolbypassrls: false }]);
  });

  it("is provisioned by a user who may make roles and databases but is no superuser, as on a hosted server", async () => {
    const server = await startPostgres({ dataFolder });
    servers.push(server);
    const admin = server.url("postgres", "postgres");
    await withClient(admin, async (client) => {
      for (const role of ["earwitness_app", "earwitness_owner"]) await client.query(`drop owned by ${role}`);
      await client.query("drop database if exists template_calls with (force)");
      await client.query("drop database earwitness with (force)");
      for (const role of ["earwitness_app", "earwitness_owner"]) await client.query(`drop role ${role}`);
      await client.query("create role hoster login createrole createdb");
    });
    const hoster = server.url("postgres", "hoster");
    await withClient(hoster, (client) => client.query("create database hosted"));
    await provisionDatabase(hoster, "another", { owner: "one", app: "two" });
    const { ownerUrl, appUrl } = await provisionDatabase(hoster, "hosted", { owner: "three", app: "fo'ur/@" });
    await withClient(ownerUrl, (client) => client.query("create table notes (text text)"));
    await withClient(appUrl, (client) => client.query("insert into notes values ('kept')"));
    expect(new URL(appUrl).password).toBe(encodeURIComponent("fo'ur/@"));
  });

  it("migrates once, and clones the result", async () => {
    const server = await startPostgres({ dataFolder });
    servers.push(server);
    const admin = server.url("postgres", "postgres");
    const { ownerUrl } = await provisionDatabase(admin, "template_calls");
    const migrations = path.join(folder, "migrations");
    mkdirSync(path.join(migrations, "meta"), { recursive: true });
    writeFileSync(path.join(migrations, "0000_first.sql"), "create table calls (id int primary key)");
    writeFileSync(
      path.join(migrations, "meta", "_journal.json"),
      JSON.stringify({
        version: "7",
        dialect: "postgresql",
        entries: [{ idx: 0, version: "7", when: 1, tag: "0000_first" }],
      }),
    );
    await migrateDatabase(ownerUrl, migrations);
    await migrateDatabase(ownerUrl, migrations);

    const copy = await cloneDatabase(admin, "template_calls", "copy");
    await withClient(copy.appUrl, (client) => client.query("insert into calls values (1)"));
    await dropDatabase(admin, "copy");
    await expect(withClient(copy.appUrl, (client) => client.query("select 1"))).rejects.toThrow("does not exist");
  });

  it("folds letters of every language", async () => {
    const server = await startPostgres({ dataFolder });
    servers.push(server);
    const folded = await withClient(server.url("postgres", "postgres"), (client) =>
      client.query("select lower('ÄÉ') as text"),
    );
    expect(folded.rows).toEqual([{ text: "äé" }]);
  });
});
