import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Pooler, type PostgresServer, startPooler, startPostgres, withClient } from "../src/index.ts";

const folder = mkdtempSync(path.join(tmpdir(), "earwitness-pooler-"));
let server: PostgresServer;
let pooler: Pooler;
let url: string;
beforeAll(async () => {
  server = await startPostgres({ dataFolder: path.join(folder, "postgres") });
  pooler = await startPooler(server.port, { connections: 3 });
  url = pooler.through(server.url("postgres", "postgres"));
});
afterAll(async () => {
  await pooler.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const backendOf = async (client: pg.Client) => (await client.query("select pg_backend_pid() as pid")).rows[0].pid;

describe("the pooler", () => {
  it("gives a transaction one connection, and the next another", async () => {
    await withClient(url, async (client) => {
      await client.query("begin");
      const [first, second] = [await backendOf(client), await backendOf(client)];
      await client.query("commit");
      expect(second).toBe(first);
      expect(await backendOf(client)).not.toBe(first);
    });
  });

  it.each([
    ["a setting", "set application_name = 'mine'", "show application_name", [{ application_name: "" }]],
    [
      "a session's set_config",
      "select set_config('app.actor', 'system', false)",
      "select nullif(current_setting('app.actor', true), '') as actor",
      [{ actor: null }],
    ],
    [
      "a temporary table",
      "create temp table mine (id int)",
      "select to_regclass('pg_temp.mine') as mine",
      [{ mine: null }],
    ],
    [
      "an advisory lock",
      "select pg_advisory_lock(1)",
      "select count(*)::int as locks from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()",
      [{ locks: 0 }],
    ],
    ["a prepared statement", "prepare mine as select 1", "select name from pg_prepared_statements", []],
    ["a channel", "listen mine", "select pg_listening_channels() as channel", []],
  ])("forgets %s with the transaction", async (_, remember, recall, nothing) => {
    await withClient(url, async (client) => {
      await client.query(remember);
      // Once round, so that the connection that was told is among those that are asked.
      for (let turn = 0; turn < 3; turn++) expect((await client.query(recall)).rows).toEqual(nothing);
    });
  });

  it("keeps what is set for a transaction until its end", async () => {
    await withClient(url, async (client) => {
      await client.query("begin");
      await client.query("select set_config('app.actor', $1, true)", ["system"]);
      const { rows } = await client.query("select current_setting('app.actor') as actor");
      await client.query("commit");
      expect(rows).toEqual([{ actor: "system" }]);
    });
  });

  it("refuses a statement with a name, and settings that come with the login", async () => {
    const named = withClient(url, (client) => client.query({ name: "mine", text: "select $1::int", values: [1] }));
    await expect(named).rejects.toThrow("A statement with a name");
    const withSettings = `${url}?options=-c%20app.actor%3Dsystem`;
    await expect(withClient(withSettings, (client) => client.query("select 1"))).rejects.toThrow("options");
  });

  it("serves more clients than it has connections, each in its turn", async () => {
    const clients = Array.from({ length: 12 }, () => new pg.Client({ connectionString: url }));
    await Promise.all(clients.map((client) => client.connect()));
    const pids = await Promise.all(
      clients.map(async (client) => {
        await client.query("begin");
        const pid = await backendOf(client);
        await client.query("select pg_sleep(0.02)");
        await client.query("commit");
        return pid;
      }),
    );
    await Promise.all(clients.map((client) => client.end()));
    expect(new Set(pids).size).toBeLessThanOrEqual(3);
  });

  it("undoes what a client left in the middle", async () => {
    await withClient(url, (client) => client.query("create table left_behind (id int)"));
    const dying = new pg.Client({ connectionString: url });
    dying.on("error", () => {});
    await dying.connect();
    await dying.query("begin");
    await dying.query("insert into left_behind values (1)");
    await dying.end();
    const { rows } = await withClient(url, (client) => client.query("select * from left_behind"));
    expect(rows).toEqual([]);
  });

  it("hands on what the server says: refusals, errors, and that it is away", async () => {
    await expect(withClient(`${url}_none`, (client) => client.query("select 1"))).rejects.toThrow("does not exist");
    await expect(withClient(url, (client) => client.query("select nothing"))).rejects.toThrow("does not exist");
    const clientOf = new pg.Client({ connectionString: url });
    clientOf.on("error", () => {});
    await clientOf.connect();
    await clientOf.query("begin");
    await server.stop();
    await expect(clientOf.query("select 1")).rejects.toThrow();
    await expect(withClient(url, (client) => client.query("select 1"))).rejects.toMatchObject({ code: "08006" });
    await server.start();
    expect((await withClient(url, (client) => client.query("select 1 as one"))).rows).toEqual([{ one: 1 }]);
  });
});
