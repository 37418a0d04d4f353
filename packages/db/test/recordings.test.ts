import {
  type CarrierRecords,
  claimCarrierNumbers,
  deleteCarrierCopy,
  failRecording,
  type RecordingRecord,
  retryRecording,
} from "@earwitness/core";
import { type RecordingId, uuidOf } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { aWorkspace, system, userOf } from "./support/factories.ts";
import { aStoredRecording } from "./support/media.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();
const failure = { code: "vendor_failed", message: "Telnyx: away", at: "2026-11-21T09:00:00.000Z", canRetry: true };

const read = (id: RecordingId) => record.database.unitOfWork(system)((tx) => tx.recordings.find(id));
const callOf = ({ callId }: RecordingRecord) => record.database.unitOfWork(system)((tx) => tx.calls.find(callId));
const change = (recording: RecordingRecord, changes: Partial<RecordingRecord>) =>
  record.database.unitOfWork(system)((tx) => tx.recordings.save({ ...recording, ...changes }));
const asUserOf = ({ workspaceId }: RecordingRecord) => {
  const actor = userOf(workspaceId);
  return { ...record.context(), actor, unitOfWork: record.database.unitOfWork(actor) };
};

/** A carrier of which only what the test gives may be asked. */
function carrier(answers: Partial<CarrierRecords>): CarrierRecords {
  const notAsked = () => Promise.reject(new Error("not asked"));
  return {
    recording: notAsked,
    recordingsOfLeg: notAsked,
    deleteRecording: notAsked,
    numbers: notAsked,
    leg: notAsked,
    notices: notAsked,
    check: notAsked,
    ...answers,
  };
}

describe("a recording that could not be stored", () => {
  test("says why, and so does its call", async () => {
    const { recording } = await aStoredRecording(record.database);
    await change(recording, { state: "storing" });
    await record.database.unitOfWork(system)((tx) => failRecording(record.context(), tx, recording.id, failure));
    expect(await read(recording.id)).toMatchObject({ state: "failed", failure });
    expect(await callOf(recording)).toMatchObject({ recordingState: "failed" });
  });

  test("stays stored when another attempt was faster", async () => {
    const { recording } = await aStoredRecording(record.database);
    await record.database.unitOfWork(system)((tx) => failRecording(record.context(), tx, recording.id, failure));
    expect(await read(recording.id)).toMatchObject({ state: "stored", failure: null });
  });

  test("is fetched again when a person asks, each time by another job", async () => {
    const { recording } = await aStoredRecording(record.database);
    for (let times = 1; times <= 2; times++) {
      await change(recording, { state: "failed", failure });
      await retryRecording(asUserOf(recording), recording.id);
      expect(await read(recording.id)).toMatchObject({ state: "storing", failure: null });
      expect(await callOf(recording)).toMatchObject({ recordingState: "storing" });
      const jobs = await record.rows("select payload from jobs where kind = 'recording.store' and workspace_id = $1", [
        uuidOf(recording.workspaceId),
      ]);
      expect(jobs).toEqual(Array(times).fill({ payload: { recordingId: recording.id } }));
    }
  });

  test("that no carrier has waits for none when a person asks for it again", async () => {
    const { recording } = await aStoredRecording(record.database);
    await change(recording, { state: "failed", failure, source: "upload" });
    await retryRecording(asUserOf(recording), recording.id);
    const jobs = await record.rows("select kind from jobs where payload->>'recordingId' = $1", [recording.id]);
    expect(jobs).toEqual([{ kind: "recording.store_own" }]);
  });

  test("is not fetched again when it is stored, or another workspace's", async () => {
    const { recording } = await aStoredRecording(record.database);
    await expect(retryRecording(asUserOf(recording), recording.id)).rejects.toMatchObject({ code: "conflict" });
    const stranger = await aStoredRecording(record.database);
    await expect(retryRecording(asUserOf(stranger.recording), recording.id)).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("the carrier's copy", () => {
  const copy = {
    carrierRecordingId: "carrier-recording",
    carrierLegId: "leg",
    channels: 2,
    durationMs: 10_000,
    startedAt: null,
    endedAt: null,
    urls: {},
  };

  test("is deleted once, and only of what is safely stored", async () => {
    const { recording } = await aStoredRecording(record.database);
    const deleted: string[] = [];
    const records = carrier({
      recordingsOfLeg: async () => [copy],
      async deleteRecording(id) {
        deleted.push(id);
      },
    });
    const unasked = { kind: "unasked" };
    await change(recording, { state: "storing" });
    expect(await deleteCarrierCopy(record.context(), records, recording.id)).toEqual(unasked);
    expect(deleted).toEqual([]);
    await change(recording, { state: "stored" });
    expect(await deleteCarrierCopy(record.context(), records, recording.id)).toBeUndefined();
    expect(await deleteCarrierCopy(record.context(), records, recording.id)).toEqual(unasked);
    expect(deleted).toEqual(["carrier-recording"]);
    expect((await read(recording.id)).carrierDeletedAt).toBeInstanceOf(Date);
  });

  test("that is gone already is not mistaken for the leg's other recording", async () => {
    const { recording } = await aStoredRecording(record.database);
    await change(recording, { carrierRecordingId: "gone" });
    const deleted: string[] = [];
    const records = carrier({
      recording: async () => null,
      recordingsOfLeg: async () => [{ ...copy, startedAt: "2026-11-21T09:10:00.000Z" }],
      async deleteRecording(id) {
        deleted.push(id);
      },
    });
    await deleteCarrierCopy(record.context(), records, recording.id);
    expect([deleted, (await read(recording.id)).carrierDeletedAt]).toEqual([[], expect.any(Date)]);
  });

  test("that is gone already counts as deleted", async () => {
    const { recording } = await aStoredRecording(record.database);
    await deleteCarrierCopy(record.context(), carrier({ recordingsOfLeg: async () => [] }), recording.id);
    expect((await read(recording.id)).carrierDeletedAt).toBeInstanceOf(Date);
  });
});

test("the carrier's numbers go to the workspace that asks first, and are published", async () => {
  const [first, second] = [await aWorkspace(record.database), await aWorkspace(record.database)];
  const numbers = [
    { e164: "+15550199001", carrierNumberId: "1" },
    { e164: "+15550199002", carrierNumberId: "2" },
  ];
  const records = carrier({ numbers: async () => numbers });
  expect(await claimCarrierNumbers(record.context(), records, first)).toBe(2);
  expect(await claimCarrierNumbers(record.context(), records, first)).toBe(0);
  expect(await claimCarrierNumbers(record.context(), records, second)).toBe(0);
  const number = await record.database.unitOfWork(system)((tx) => tx.numbers.byE164("+15550199001"));
  expect(number).toMatchObject({ workspaceId: first, recordInbound: true, announcement: "This call is recorded." });
  const published = await record.rows("select count(*)::int from outbox where kind = 'routing' and workspace_id = $1", [
    uuidOf(first),
  ]);
  expect(published).toEqual([{ count: 2 }]);
});
