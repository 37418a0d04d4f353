import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { withClient } from "@earwitness/local-postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backfill } from "../../src/session-tokens/backfill.ts";
import { contract } from "../../src/session-tokens/contract.ts";
import { expand } from "../../src/session-tokens/expand.ts";
import { release } from "../../src/session-tokens/release.ts";
import { runStep, STEPS } from "../../src/session-tokens/steps.ts";
import { type Client, readProgress } from "../../src/session-tokens/table.ts";
import { type RawDeployment, sha256, startRawDeployment } from "./raw-deployment.ts";
import { Traffic } from "./traffic.ts";

const NAMES = { table: "sessions", rawColumn: "session_token", hashColumn: "token_sha256" };
const CLI = path.join(import.meta.dirname, "../../src/session-tokens/cli.ts");
/** Requests that must have been answered in each state of the deployment before the next one. */
const ENOUGH = 40;

let deployment: RawDeployment;
beforeAll(async () => {
  deployment = await startRawDeployment();
});
afterAll(() => deployment.stop());

const asOwner = <T>(use: (client: Client) => Promise<T>) => withClient(deployment.ownerUrl, use);

/** Which of the texts are to be found in the file that Postgres keeps the table in. */
async function foundInFile(texts: Iterable<string>): Promise<string[]> {
  return withClient(deployment.adminUrl, async (client) => {
    await client.query("checkpoint");
    const { rows } = await client.query<{ bytes: Buffer }>(
      "select pg_read_binary_file(pg_relation_filepath('sessions')) as bytes",
    );
    const bytes = rows[0]?.bytes ?? Buffer.alloc(0);
    return [...texts].filter((text) => bytes.includes(text));
  });
}

test("nobody is signed out, no hash is ever a token, and no raw token is left", async () => {
  const { raw, between, product } = deployment.versions;
  const traffic = new Traffic(deployment, [raw]);
  for (let i = 0; i < 40; i++) await traffic.signIn();
  traffic.start();
  try {
    await traffic.more(ENOUGH);
    await asOwner((client) => expand(client, NAMES));
    await traffic.more(ENOUGH);

    // Stopped in the middle, and run again.
    const stopped = asOwner((client) =>
      backfill(client, NAMES, {
        batch: 7,
        onBatch: (hashed) => {
          if (hashed >= 14) throw new Error("The machine went away.");
        },
      }),
    );
    await expect(stopped).rejects.toThrow("went away");
    expect((await asOwner((client) => readProgress(client, NAMES))).unhashed).toBeGreaterThan(0);
    await traffic.more(ENOUGH);
    await asOwner((client) => backfill(client, NAMES, { batch: 7 }));

    traffic.deploy(raw, between);
    await traffic.more(2 * ENOUGH);
    traffic.deploy(between);
    await traffic.more(ENOUGH);
    await asOwner((client) => release(client, NAMES));
    await traffic.more(ENOUGH);

    // What the product would renew at once, and the version in between would not know any more.
    await deployment.pool.query("update sessions set rotate_after = now()");
    traffic.deploy(between, product);
    await traffic.more(2 * ENOUGH);
    traffic.deploy(product);
    await traffic.more(ENOUGH);
    expect(traffic.renewals).toBe(0);
    expect(await foundInFile(traffic.tokens)).not.toEqual([]);
    await asOwner((client) => contract(client, NAMES));
    await traffic.more(2 * ENOUGH);
  } finally {
    await traffic.stop();
  }

  expect(traffic.faults).toEqual([]);
  // The product renews them from now on, as it would have all along.
  expect(traffic.renewals).toBeGreaterThan(0);
  for (const { token, userId } of traffic.browsers) expect(await product.ask(token)).toMatchObject({ userId });
  const { rows } = await deployment.pool.query("select to_jsonb(sessions) as row from sessions");
  const text = JSON.stringify(rows);
  expect([...traffic.tokens].filter((token) => text.includes(token))).toEqual([]);
  expect(await foundInFile(traffic.tokens)).toEqual([]);
  expect(text).toContain(sha256(traffic.browsers[0]?.token ?? ""));
});

describe("the steps", () => {
  const inOrder: string[] = [];

  test("refuse to be run out of their order, and may each be run again", async () => {
    await asOwner(async (client) => {
      await client.query(
        `create table "session" ("sessionToken" text primary key, "userId" text not null, expires timestamp not null)`,
      );
      await client.query(
        `insert into "session" select 'token-' || n, 'user-' || n, now() from generate_series(1, 1200) n`,
      );
      const names = { table: "session", rawColumn: "sessionToken", hashColumn: "token_sha256" };
      await expect(backfill(client, names)).rejects.toThrow("expand");
      await expect(release(client, names)).rejects.toThrow("expand");
      await expect(contract(client, names)).rejects.toThrow("1200 sessions");
      await expand(client, names);
      await expect(release(client, names)).rejects.toThrow("1200 sessions have no hash");
      await expect(contract(client, names)).rejects.toThrow("backfill");
      expect(await backfill(client, names)).toBe(1200);
      await expect(contract(client, names)).rejects.toThrow("release");

      for (const step of STEPS) {
        for (const _time of [1, 2]) {
          if (step === "expand" && inOrder.includes("contract")) continue;
          await runStep(step, client, names, (line) => inOrder.push(line));
        }
      }
      const { rows } = await client.query(`select * from "session" where "userId" = 'user-7'`);
      expect(rows).toEqual([{ userId: "user-7", expires: expect.any(Date), token_sha256: sha256("token-7") }]);
      const key = await client.query<{ definition: string }>(
        `select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = '"session"'::regclass and contype = 'p'`,
      );
      expect(key.rows).toEqual([{ definition: "PRIMARY KEY (token_sha256)" }]);
      await expect(expand(client, names)).rejects.toThrow("no raw tokens");
    });
  });

  test("are run by their command, which says how far it is", async () => {
    const env = { ...process.env, DATABASE_URL: deployment.ownerUrl };
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, [CLI, "--", "status", "--table", "session"], { env });
    expect(stdout).toBe("Raw tokens in the table: no\nHashes in the table: yes, 0 missing\n");
    await expect(run(process.execPath, [CLI, "--", "undo"], { env })).rejects.toMatchObject({ code: 2 });
  });
});
