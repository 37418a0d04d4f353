import { spawnSync } from "node:child_process";
import path from "node:path";
import { callStateOf, compareStates } from "@earwitness/core";
import { type Database, readRecordedCall } from "@earwitness/db";
import { connect } from "@earwitness/db/node";
import { CallId, NoticeAppliedAgain, NoticeList } from "@earwitness/shared";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { OpenWorkspace } from "../src/session/open-workspace.ts";
import { eventually, useStack } from "./support/use-stack.ts";
import { expectWhole, newCaller, settle } from "./support/whole-call.ts";

const CLI = path.join(import.meta.dirname, "../src/replay.ts");
const actor = { kind: "system", reason: "test" } as const;

const Received = z.object({ requests: z.array(z.object({ method: z.string(), path: z.string() })) });
const Transcripts = z.object({ transcripts: z.array(z.unknown()) });

/** How often a notice came: the one thing about it that changes when it comes again. */
const COUNTS = new Set(["repeats", "noticesReceived", "noticesRepeated"]);

describe("a call that is over", () => {
  const product = useStack({ emulators: { telnyx: { pace: 5 }, assemblyai: { processingMs: 200 } } });
  let record: Database;
  let rows: pg.Client;
  let callId: CallId;
  let callSessionId: string;
  let workspace: OpenWorkspace;

  beforeAll(async () => {
    workspace = await product.openWorkspace();
    record = connect(product.stack.databaseUrl);
    rows = new pg.Client({ connectionString: product.stack.databaseUrl, options: "-c app.actor=system" });
    await rows.connect();
    const from = newCaller();
    callSessionId = await product.ringIn({ from, script: "order-status" });
    const followed = await settle(product, workspace, { callSessionId, from });
    expectWhole(followed);
    callId = CallId.parse(followed.call.id);
    await eventually("its live moment to be over", async () => {
      const { recorded } = await read();
      return recorded.call.liveEndedAt === null ? undefined : true;
    });
  }, 120_000);
  afterAll(async () => {
    await rows.end();
    await record.close();
  });

  const read = () => record.read(actor, (scope) => readRecordedCall(scope, callId));
  const replay = (...options: string[]) =>
    spawnSync(process.execPath, [CLI, "--call", callId, "--database", product.stack.databaseUrl, ...options], {
      encoding: "utf8",
    });
  /** Into the stack's own server, which saves starting another. */
  const into = () => ["--into", product.stack.postgres?.url("postgres", "postgres") ?? ""];

  it("is rebuilt from its log to the same state", async () => {
    const { status, stdout, stderr } = replay("--json");
    expect(stderr).toBe("");
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ callId, isSame: true, holes: [], differences: [] });
    expect(result.rebuiltSha256).toBe(result.recordedSha256);
    for (const part of ["call", "legs", "notices", "recordings", "captions", "chunks"]) {
      expect(result.rows[part], part).toBeGreaterThan(0);
    }
    expect(status).toBe(0);
  });

  it("is told where its record is not what its log leads to, and left as it is", async () => {
    const uuid = (await rows.query("select id from calls where carrier_session_id = $1", [callSessionId])).rows[0].id;
    await rows.query("update calls set hangup_cause = 'busy' where id = $1", [uuid]);
    const { status, stdout } = replay(...into());
    await rows.query("update calls set hangup_cause = 'completed' where id = $1", [uuid]);
    expect(stdout).toContain('hangupCause: the record has "busy", its log leads to "completed"');
    expect(status).toBe(1);
  });

  it("is not looked for where there is none", () => {
    const nowhere = product.stack.databaseUrl.replace(/\/earwitness$/, "/nowhere");
    const { status, stderr } = replay("--database", nowhere, ...into());
    expect(status).toBe(2);
    expect(stderr).toContain("does not exist");
  });

  it("takes each of its notices again, byte for byte, and nothing comes of it but a count", async () => {
    const before = await read();
    const commandsBefore = await commandsToCarrier();
    const transcriptsBefore = await transcriptsAsked();
    const jobsBefore = await jobs();
    const { client } = workspace;
    const { notices: kept } = await client.request(NoticeList, "GET", `/v1/calls/${callId}/notices`);
    const kinds = new Set(kept.map(({ eventType }) => eventType));
    for (const kind of KINDS) expect(kinds).toContain(kind);

    for (const { id } of kept) {
      const again = `/v1/calls/${callId}/notices/${id}/apply-again`;
      expect(await client.request(NoticeAppliedAgain, "POST", again)).toEqual({ isKnown: true });
    }
    await eventually("each to have been counted", async () => {
      const { recorded } = await read();
      const again = recorded.call.noticesRepeated - before.recorded.call.noticesRepeated;
      return again === kept.length ? true : undefined;
    });
    const after = await read();
    const differences = compareStates(callStateOf(before.recorded), callStateOf(after.recorded));
    expect(differences.filter(({ column }) => !COUNTS.has(column ?? ""))).toEqual([]);
    expect(differences.filter(({ part }) => part === "notices")).toHaveLength(kept.length);
    expect(await commandsToCarrier()).toBe(commandsBefore);
    expect(await transcriptsAsked()).toBe(transcriptsBefore);
    expect(await jobs()).toBe(jobsBefore);
    expect(replay(...into()).status).toBe(0);
  });

  /** What the carrier was told to do, by its own record; what it was only asked does not count. */
  const commandsToCarrier = async () => {
    const { requests } = Received.parse(await product.control("GET", "/received?vendor=telnyx"));
    return requests.filter(({ method }) => method !== "GET").length;
  };
  const transcriptsAsked = async () =>
    Transcripts.parse(await product.control("GET", "/transcripts")).transcripts.length;
  const jobs = async () => (await rows.query("select count(*)::int as count from jobs")).rows[0].count;
});

const KINDS = [
  "call.initiated",
  "call.answered",
  "call.speak.ended",
  "streaming.started",
  "call.recording.saved",
  "call.hangup",
  "transcript.completed",
];
