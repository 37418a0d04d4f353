import {
  type CallFact,
  callStateOf,
  compareStates,
  hashOfState,
  holesIn,
  isPurged,
  projectRoom,
  rebuildCall,
} from "@earwitness/core";
import { newId, uuidOf } from "@earwitness/shared";
import { aNumber } from "@earwitness/testing/records";
import { expect, test } from "vitest";
import type { Database } from "../src/index.ts";
import { readRecordedCall } from "../src/index.ts";
import { ScriptedRoom, wholeCall } from "./support/a-room.ts";
import { aWorkspace, system } from "./support/factories.ts";
import { type TestRecord, useDatabase } from "./support/use-database.ts";

const source = useDatabase();
const scratch = useDatabase();
const at = "2026-11-21T09:00:05.000Z";

/** What a call leaves while it is spoken: of each kind one, and a pause that somebody made and ended. */
const live: CallFact[] = [
  { type: "recording.paused", at, by: "usr_someone" },
  { type: "recording.resumed", at: "2026-11-21T09:00:07.000Z", by: null },
  { type: "audio.stored", at, chunk: 0, key: "c/0", startMs: 0, endMs: 900, sizeBytes: 9, held: [] },
  { type: "audio.gap", at, channel: null, startMs: 900, endMs: 950, reason: "frame_lost", detail: null },
  { type: "captions.gap", at, channel: "caller", startMs: 1, endMs: 2, reason: "frame_lost", detail: "x" },
  {
    type: "caption.settled",
    at,
    caption: {
      id: "caller-1",
      channel: "caller",
      startMs: 10,
      endMs: 90,
      text: "Hello there",
      words: [{ text: "Hello", startMs: 10, endMs: 50, confidence: 0.9, isFinal: true }],
      language: "en",
      isFinal: true,
      heardAtMs: null,
    },
  },
  { type: "live.ended", at: "2026-11-21T09:00:09.000Z", captionLatency: null },
];

const read = async (database: Database, callId: ScriptedRoom["callId"]) =>
  database.read(system, (scope) => readRecordedCall(scope, callId));
const stateIn = async ({ database }: TestRecord, callId: ScriptedRoom["callId"]) =>
  callStateOf((await read(database, callId)).recorded);

/** A call with everything, put into the record page by page, and its jobs' work done. */
async function recordedCall(): Promise<ScriptedRoom> {
  const workspaceId = await aWorkspace(source.database);
  const number = aNumber(workspaceId);
  await source.context().unitOfWork((tx) => tx.numbers.claim(number));
  const room = new ScriptedRoom(3);
  const facts = wholeCall({ workspaceId, to: number.e164 });
  room.tell(...facts.slice(0, 8), ...live, ...facts.slice(8));
  await projectRoom(source.context(), room, room.name);
  await source.context().unitOfWork(async (tx) => {
    const [recording] = await tx.recordings.ofCall(room.callId);
    if (recording === undefined) throw new Error("The call has its recording");
    await tx.recordings.save({ ...recording, state: "stored", sizeBytes: 44, storedAt: new Date(), note: "short" });
    await tx.calls.setRecordingState(room.callId, "stored");
    await tx.calls.setTranscript(room.callId, { state: "ready", firstLine: "Hello there", language: "en" });
  });
  return room;
}

test("a call's log leads to its record, in an empty database, once and twice", async () => {
  const room = await recordedCall();
  const { log, recorded } = await read(source.database, room.callId);
  expect(holesIn(log)).toEqual([]);
  await rebuildCall(scratch.context(), log);
  const rebuilt = await stateIn(scratch, room.callId);
  const state = callStateOf(recorded);
  expect(compareStates(state, rebuilt)).toEqual([]);
  expect(await hashOfState(rebuilt)).toBe(await hashOfState(state));
  for (const part of Object.values(state)) expect(part.length).toBeGreaterThan(0);
  await rebuildCall(scratch.context(), log);
  expect(await hashOfState(await stateIn(scratch, room.callId))).toBe(await hashOfState(state));
});

test.each([
  ["a call", "update calls set ended_by = 'us' where id = $1", { part: "call", column: "endedBy" }],
  ["a leg", "update call_legs set sip_code = '486' where call_id = $1", { part: "legs", column: "sipCode" }],
  [
    "a notice's bytes",
    "update inbound_notices set body = body || ' ' where call_id = $1",
    { part: "notices", column: "body" },
  ],
  [
    "a recording",
    "update recordings set caller_channel = 2 where call_id = $1",
    { part: "recordings", column: "callerChannel" },
  ],
  ["a caption", "update captions set text = 'Hello their' where call_id = $1", { part: "captions", column: "text" }],
  ["a chunk that is lost", "delete from recording_chunks where call_id = $1", { part: "chunks", column: null }],
  ["a gap that is lost", "delete from call_gaps where call_id = $1", { part: "gaps", column: null }],
  ["a pause", "update recording_pauses set ended_at = null where call_id = $1", { part: "pauses", column: "endedAt" }],
])("says where %s is not what the log leads to", async (_, spoil, where) => {
  const room = await recordedCall();
  await source.rows(spoil, [uuidOf(room.callId)]);
  const { log, recorded } = await read(source.database, room.callId);
  await rebuildCall(scratch.context(), log);
  const state = callStateOf(recorded);
  const rebuilt = await stateIn(scratch, room.callId);
  const differences = compareStates(state, rebuilt);
  expect(differences.length).toBeGreaterThan(0);
  for (const difference of differences) expect(difference).toMatchObject(where);
  expect(await hashOfState(rebuilt)).not.toBe(await hashOfState(state));
});

test("names the facts that a log has lost, and refuses one without its beginning", async () => {
  const room = await recordedCall();
  await source.rows("delete from call_facts where room = $1 and n in (4, 5)", [room.name]);
  expect(holesIn((await read(source.database, room.callId)).log)).toEqual([4, 5]);
  await source.rows("delete from call_facts where room = $1 and n = 1", [room.name]);
  const { log } = await read(source.database, room.callId);
  await expect(rebuildCall(scratch.context(), log)).rejects.toMatchObject({ code: "unprocessable" });
});

test("knows a call whose words were purged: its log tells them no more", async () => {
  const room = await recordedCall();
  expect(isPurged((await read(source.database, room.callId)).recorded)).toBe(false);
  const purge = { kind: "transcripts", at, days: 30 } as const;
  await source.context().unitOfWork(async (tx) => {
    const call = await tx.calls.find(room.callId);
    await tx.purges.take({ ...call, deletedAt: null }, purge);
  });
  const { recorded, log } = await read(source.database, room.callId);
  expect(isPurged(recorded)).toBe(true);
  expect(holesIn(log)).toHaveLength(1);
});

test("leads to the record of a call whose sound was purged: the words and the rest are in its log", async () => {
  const room = await recordedCall();
  await source.context().unitOfWork(async (tx) => {
    const call = await tx.calls.find(room.callId);
    await tx.purges.take({ ...call, deletedAt: null }, { kind: "recordings", at, days: 30 });
    await tx.purges.forgetObjects(room.callId, await tx.purges.objectsOf(room.callId));
  });
  const { recorded, log } = await read(source.database, room.callId);
  expect(recorded.chunks).toMatchObject([{ r2Key: "" }]);
  await rebuildCall(scratch.context(), log);
  expect(compareStates(callStateOf(recorded), await stateIn(scratch, room.callId))).toEqual([]);
});

test("finds no call that is not there", async () => {
  await expect(read(source.database, newId("call"))).rejects.toMatchObject({ code: "not_found" });
});
