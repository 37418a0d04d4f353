import { uuidOf, type WorkspaceId } from "@earwitness/shared";
import { aCall } from "@earwitness/testing/records";
import { beforeEach, expect, test } from "vitest";
import { readWorkspaceHealth } from "../../src/index.ts";
import { aWorkspace, userOf } from "../support/factories.ts";
import { useDatabase } from "../support/use-database.ts";

const record = useDatabase();
const NOW = new Date("2026-11-21T09:00:00Z");
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const MINUTE_MS = 60_000;

let own: WorkspaceId;
let other: WorkspaceId;
beforeEach(async () => {
  [own, other] = [await aWorkspace(record.database), await aWorkspace(record.database)];
});

const workspace = () =>
  record.database.read(userOf(own), (scope) => readWorkspaceHealth({ ...scope, clock: { now: () => NOW } }));

/** An answered call of a minute that ended `minutes` ago, with its gaps. */
async function anAnsweredCall(
  minutes: number,
  changes: Partial<Parameters<typeof aCall>[1]> = {},
  gaps: { startMs: number; endMs: number; reason: string }[] = [],
) {
  const startedAt = ago(minutes * MINUTE_MS);
  const call = aCall(own, {
    state: "ended",
    startedAt,
    answeredAt: startedAt,
    endedAt: new Date(startedAt.getTime() + MINUTE_MS),
    recordingState: "stored",
    ...changes,
  });
  await record.context().unitOfWork((tx) => tx.calls.save(call));
  await record.rows(
    `insert into recording_chunks (workspace_id, call_id, chunk, r2_key, start_ms, end_ms, size_bytes, held)
     values ($1, $2, 0, $3, 0, $4, 1, $5)`,
    [
      uuidOf(call.workspaceId),
      uuidOf(call.id),
      call.id,
      MINUTE_MS,
      JSON.stringify(
        [
          { startMs: 0, endMs: gaps[0]?.startMs ?? MINUTE_MS },
          { startMs: gaps.at(-1)?.endMs ?? MINUTE_MS, endMs: MINUTE_MS },
        ].filter(({ startMs, endMs }) => endMs > startMs),
      ),
    ],
  );
  for (const [n, { startMs, endMs, reason }] of gaps.entries()) {
    await record.rows(
      `insert into call_gaps (workspace_id, call_id, n, kind, start_ms, end_ms, reason) values ($1, $2, $3, 'audio', $4, $5, $6)`,
      [uuidOf(call.workspaceId), uuidOf(call.id), n, startMs, endMs, reason],
    );
  }
  return call;
}

test("calls with seconds in no audio are told, not those whose silence is meant, awaited or a frame", async () => {
  const gapped = await anAnsweredCall(120, { direction: "outbound", toAddress: "+15550100099" }, [
    { startMs: 10_000, endMs: 12_400, reason: "media_lost" },
  ]);
  const unexplained = await anAnsweredCall(30, {}, [{ startMs: 50_000, endMs: 60_000, reason: "unknown" }]);
  await anAnsweredCall(20);
  await anAnsweredCall(19, {}, [{ startMs: 10_000, endMs: 10_020, reason: "frame_lost" }]);
  await anAnsweredCall(18, {}, [{ startMs: 0, endMs: 8_000, reason: "before_recording" }]);
  await anAnsweredCall(17, { workspaceId: other }, [{ startMs: 0, endMs: 30_000, reason: "media_lost" }]);
  expect((await workspace()).coverage).toEqual([
    {
      callId: unexplained.id,
      label: "+15550100001",
      startedAt: unexplained.startedAt.toISOString(),
      missingMs: 10_000,
    },
    { callId: gapped.id, label: "+15550100099", startedAt: gapped.startedAt.toISOString(), missingMs: 2_400 },
  ]);
});

test("a shortfall stays in sight however many calls come after it", async () => {
  const gapped = await anAnsweredCall(5_000, {}, [{ startMs: 10_000, endMs: 20_000, reason: "room_reset" }]);
  await record.rows(
    `insert into calls (id, workspace_id, room, direction, carrier, from_address, to_address, state, started_at, answered_at, ended_at)
     select gen_random_uuid(), $1, 'later/' || n, 'inbound', 'telnyx', '+1', '+2', 'ended', $2::timestamptz - n * interval '1 minute',
       $2::timestamptz - n * interval '1 minute', $2::timestamptz - n * interval '1 minute'
     from generate_series(1, 100) n`,
    [uuidOf(own), NOW],
  );
  expect((await workspace()).coverage.map(({ callId }) => callId)).toEqual([gapped.id]);
});

test("storage is what the workspace itself keeps", async () => {
  const call = await anAnsweredCall(10);
  const foreign = await anAnsweredCall(10, { workspaceId: other });
  for (const { id, workspaceId } of [call, call, foreign]) {
    await record.rows(
      `insert into recordings (id, workspace_id, call_id, state, carrier, carrier_leg_id, saved_at, format, channels, caller_channel, size_bytes)
       values (gen_random_uuid(), $1, $2, 'stored', 'telnyx', 'leg', $3, 'wav', 2, 1, 1000000000)`,
      [uuidOf(workspaceId), uuidOf(id), NOW],
    );
  }
  await record.rows(
    "insert into cron_runs (id, name, started_at, finished_at, state) values (gen_random_uuid(), 'checksums', $1, $1, 'done')",
    [NOW],
  );
  expect((await workspace()).storage).toEqual({
    audioBytes: 2_000_000_000,
    recordings: 2,
    inTrash: 0,
    held: 0,
    findings: 0,
    lastChecksumAt: NOW.toISOString(),
  });
});
