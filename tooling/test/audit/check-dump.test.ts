import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  migrateDatabase,
  type PostgresServer,
  provisionDatabase,
  startPostgres,
  withClient,
} from "@earwitness/local-postgres";
import { newId, uuidOf } from "@earwitness/shared";
import type { AuditLine } from "@earwitness/shared/audit";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkLog } from "../../src/audit/check-log.ts";
import { MIGRATIONS } from "../../src/paths.ts";
import { type Act, aFile, aLog, anAct, headOf } from "./a-log.ts";

const ENTRIES =
  "workspace_id, n, at, actor_kind, actor_id, action, object_kind, object_id, details, ip_address, user_agent, request_id, previous_sha256, sha256";
const HEADS = "workspace_id, n, sha256";

const folder = mkdtempSync(path.join(tmpdir(), "earwitness-audit-dump-"));
let postgres: PostgresServer;
let adminUrl: string;
beforeAll(async () => {
  // The server runs as another user where the tests are root's, and writes its copies here.
  chmodSync(folder, 0o777);
  postgres = await startPostgres({ dataFolder: path.join(folder, "data") });
  const { ownerUrl } = await provisionDatabase(postgres.url("postgres", "postgres"), "audit_dump_test");
  await migrateDatabase(ownerUrl, MIGRATIONS);
  adminUrl = postgres.url("audit_dump_test", "postgres");
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Acts as Postgres can hold them: it has no NUL in a text. */
const acts = fc.array(anAct, { minLength: 1, maxLength: 8 }).map((all: Act[]) =>
  all.map((act) => ({
    ...act,
    details: JSON.parse(JSON.stringify(act.details).replaceAll("\\u0000", "")) as typeof act.details,
  })),
);

/** What the tables' part of a plain `pg_dump` is, once these logs are in them. */
async function dumpOf(logs: readonly AuditLine[][]): Promise<string[]> {
  const copies = { audit_entries: path.join(folder, "entries"), audit_heads: path.join(folder, "heads") };
  await withClient(adminUrl, async (client) => {
    for (const log of logs) {
      const { head } = headOf(log);
      const workspace = uuidOf(head.workspaceId);
      await client.query("insert into workspaces (id, name) values ($1, 'Test')", [workspace]);
      for (const line of log) {
        const { n, at, actor, action, object, details, ipAddress, userAgent, requestId, previousSha256, sha256 } = line;
        const values = [
          workspace,
          n,
          at,
          actor.kind,
          actor.id,
          action,
          object.kind,
          object.id,
          JSON.stringify(details),
        ];
        values.push(ipAddress, userAgent, requestId, previousSha256, sha256);
        const places = values.map((_, i) => `$${i + 1}`).join(", ");
        await client.query(`insert into audit_entries (${ENTRIES}) values (${places})`, values);
      }
      await client.query(`insert into audit_heads (${HEADS}) values ($1, $2, $3)`, [workspace, head.n, head.sha256]);
    }
    const ours = `(${logs.map((log) => `'${uuidOf(headOf(log).head.workspaceId)}'`).join(", ")})`;
    await client.query("set timezone to 'Asia/Kolkata'");
    for (const [table, columns] of [
      ["audit_entries", ENTRIES],
      ["audit_heads", HEADS],
    ] as const) {
      const rows = `select ${columns} from ${table} where workspace_id in ${ours} order by random()`;
      await client.query(`copy (${rows}) to '${copies[table]}'`);
    }
  });
  const rowsOf = (file: string) => readFileSync(file, "utf8").split("\n").slice(0, -1);
  return [
    "--",
    "-- PostgreSQL database dump",
    "--",
    "SET client_encoding = 'UTF8';",
    "COPY public.users (id, email) FROM stdin;",
    "018f2c5e-0000-7000-8000-000000000000\tCOPY public.audit_entries (n) FROM stdin;",
    "\\.",
    `COPY public.audit_entries (${ENTRIES}) FROM stdin;`,
    ...rowsOf(copies.audit_entries),
    "\\.",
    `COPY public.audit_heads (${HEADS}) FROM stdin;`,
    ...rowsOf(copies.audit_heads),
    "\\.",
  ];
}

describe("a plain dump of the database is checked", () => {
  test("and is whole after Postgres had it, whatever an entry holds and in whichever order the rows come", async () => {
    await fc.assert(
      fc.asyncProperty(acts, acts, async (ours, theirs) => {
        const logs = [await aLog(ours, newId("workspace")), await aLog(theirs, newId("workspace"))];
        const verdict = await checkLog(aFile(await dumpOf(logs)));
        expect(verdict.findings).toEqual([]);
        expect(verdict.logs.map(({ n }) => n).sort()).toEqual([ours.length, theirs.length].sort());
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  test("a row that was altered, one that was taken out, and a log that was cut are found", async () => {
    const act = {
      action: "session.opened",
      at: new Date("2026-11-21T09:00:00Z"),
      details: { a: "b" },
      userAgent: null,
    } as const;
    const log = await aLog([act, act, act, act]);
    const dump = await dumpOf([log]);
    const rowOf = (n: number) =>
      dump.findIndex((line) => line.split("\t")[1] === String(n) && line.includes("session.opened"));
    const findingsIn = async (lines: string[]) =>
      (await checkLog(aFile(lines))).findings.map(({ line, what }) => [line, what]);

    const altered = dump.with(rowOf(2), (dump[rowOf(2)] ?? "").replace('"b"', '"c"'));
    expect(await findingsIn(altered)).toEqual([
      [rowOf(2) + 1, "entry 2 was altered: it has not the hash that it says."],
    ]);
    const without = dump.toSpliced(rowOf(2), 1);
    expect(await findingsIn(without)).toEqual([[expect.any(Number), "entry 2 is missing before entry 3."]]);
    const cut = dump.toSpliced(rowOf(4), 1);
    expect(await findingsIn(cut)).toEqual([[expect.any(Number), "entry 4 is missing at the end."]]);
    const torn = dump.with(rowOf(2), "what is this");
    expect((await findingsIn(torn))[0]).toEqual([rowOf(2) + 1, "this is no row of audit_entries."]);
  });
});
