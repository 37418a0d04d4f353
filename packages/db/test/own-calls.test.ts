import {
  addNote,
  hangUp,
  projectRoom,
  removeNote,
  retryRecording,
  retryTranscript,
  type UserActor,
} from "@earwitness/core";
import { type CallId, newId, type WorkspaceId } from "@earwitness/shared";
import { aCall, aNumber, aRecording, aTranscript } from "@earwitness/testing/records";
import { beforeAll, describe, expect, test } from "vitest";
import {
  listCalls,
  listNotes,
  listRecordings,
  readCall,
  readCoverage,
  readNote,
  readPeaksKey,
  readStoredAudio,
  readTranscript,
} from "../src/index.ts";
import { ScriptedRoom, wholeCall } from "./support/a-room.ts";
import { aMember, aWorkspace, contextOf, system } from "./support/factories.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();

let workspaceId: WorkspaceId;
let agent: UserActor;
let supervisor: UserActor;
beforeAll(async () => {
  workspaceId = await aWorkspace(record.database);
  agent = await aMember(record.database, workspaceId, "agent");
  supervisor = await aMember(record.database, workspaceId, "supervisor");
});

/** A call of somebody else's with everything that can belong to a call. */
async function aWholeCall() {
  const call = aCall(workspaceId, { state: "ended", endedAt: new Date(), placedBy: supervisor.userId });
  const recording = aRecording(call, { state: "stored", r2Key: "key", sizeBytes: 1, sha256: "a", peaksKey: "peaks" });
  const transcript = aTranscript(recording, { state: "failed" });
  const note = {
    id: newId("note"),
    workspaceId,
    callId: call.id,
    text: "Secret",
    positionMs: null,
    writtenBy: supervisor.userId,
    createdAt: new Date(),
  };
  await record.database.unitOfWork(system)(async (tx) => {
    await tx.calls.save(call);
    await tx.recordings.add(recording);
    await tx.transcripts.add(transcript);
    await tx.notes.add(note);
    await tx.live.addCaption({
      workspaceId,
      callId: call.id,
      captionId: "c1",
      channel: "caller",
      startMs: 0,
      endMs: 1,
      text: "Hi",
      words: [],
      language: null,
    });
    await tx.live.addChunk({
      workspaceId,
      callId: call.id,
      chunk: 0,
      r2Key: "chunk",
      startMs: 0,
      endMs: 1,
      sizeBytes: 1,
      held: [],
    });
    await tx.live.addGap({
      workspaceId,
      callId: call.id,
      n: 1,
      kind: "audio",
      channel: null,
      startMs: 0,
      endMs: 1,
      reason: "frame_lost",
      detail: null,
    });
    await tx.live.addPause({ workspaceId, callId: call.id, n: 2, startedAt: new Date(), startedBy: supervisor.userId });
    await tx.legs.save({
      workspaceId,
      callId: call.id,
      carrierLegId: "leg",
      carrierControlId: "control",
      party: "caller",
      address: "+15550100001",
      startedAt: new Date(),
      answeredAt: null,
      endedAt: null,
      carrierCause: null,
      sipCode: null,
    });
  });
  return { call, recording, transcript, note };
}

const listed = async (actor: UserActor): Promise<CallId[]> => {
  const page = { filter: {}, after: null, limit: 100 };
  return (await record.database.read(actor, (scope) => listCalls(scope, page))).calls.map(({ id }) => id);
};

describe("an agent", () => {
  test("finds nothing of a call that is somebody else's: not in lists, not by id, not in what belongs to it", async () => {
    const { call, recording, transcript, note } = await aWholeCall();
    const callId = call.id;
    const read = (actor: UserActor) => ({
      call: () => record.database.read(actor, (scope) => readCall(scope, callId)),
      coverage: () => record.database.read(actor, (scope) => readCoverage(scope, callId)),
      recordings: () => record.database.read(actor, (scope) => listRecordings(scope, callId)),
      audio: () => record.database.read(actor, (scope) => readStoredAudio(scope, recording.id)),
      peaks: () => record.database.read(actor, (scope) => readPeaksKey(scope, recording.id)),
      captions: () => record.database.read(actor, (scope) => readTranscript(scope, callId, "live")),
      transcript: () => record.database.read(actor, (scope) => readTranscript(scope, callId, "exact")),
      notes: () => record.database.read(actor, (scope) => listNotes(scope, actor, callId)),
      note: () => record.database.read(actor, (scope) => readNote(scope, actor, note.id)),
    });
    for (const [what, show] of Object.entries(read(supervisor))) await expect(show(), what).resolves.toBeDefined();
    for (const [what, show] of Object.entries(read(agent))) {
      await expect(show(), what).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await listed(supervisor)).toContain(callId);
    expect(await listed(agent)).not.toContain(callId);

    const found = (actor: UserActor) =>
      record.database.unitOfWork(actor)(async (tx) => ({
        lock: (await tx.calls.lock(callId)) !== null,
        legs: (await tx.legs.ofCall(callId)).length,
        recordings: (await tx.recordings.ofCall(callId)).length,
        transcript: (await tx.transcripts.ofCall(callId)) !== null,
        ofRecording: (await tx.transcripts.ofRecording(recording.id)) !== null,
        note: (await tx.notes.find(callId, note.id)) !== null,
        hasCaptions: await tx.live.hasCaptions(callId),
        captions: (await tx.live.captionsOf(callId)).length,
        chunks: (await tx.live.chunksOf(callId)).length,
        gaps: (await tx.live.gapsOf(callId)).length,
        pauses: (await tx.live.pausesOf(callId)).length,
      }));
    expect(Object.values(await found(supervisor)).every(Boolean)).toBe(true);
    expect(Object.values(await found(agent)).some(Boolean)).toBe(false);

    const ctx = contextOf(record, agent);
    const rooms = () => {
      throw new Error("The room was asked.");
    };
    for (const act of [
      () => hangUp(ctx, rooms, callId),
      () => addNote(ctx, callId, { text: "Mine", positionMs: null }),
      () => removeNote(ctx, callId, note.id),
      () => retryRecording(ctx, recording.id),
      () => retryTranscript(ctx, callId),
      () => ctx.unitOfWork((tx) => tx.transcripts.lock(transcript.id)),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("sees every call where the workspace says so", async () => {
    const { call } = await aWholeCall();
    expect(await listed({ ...agent, sees: "all" })).toContain(call.id);
  });

  test("sees what they placed, what came to a number of theirs, and what they had to do with", async () => {
    const [own, other] = [aNumber(workspaceId), aNumber(workspaceId)];
    const placed = aCall(workspaceId, { placedBy: agent.userId });
    const answered = aCall(workspaceId, { numberId: own.id });
    const tookPart = aCall(workspaceId);
    const elsewhere = aCall(workspaceId, { numberId: other.id, placedBy: supervisor.userId });
    const colleague = await aMember(record.database, workspaceId, "agent");
    await record.database.unitOfWork(system)(async (tx) => {
      await tx.numbers.claim(own);
      await tx.numbers.claim(other);
      for (const call of [placed, answered, tookPart, elsewhere]) await tx.calls.save(call);
      await tx.members.setNumbers(agent, [own.id]);
      await tx.calls.addMembers(tookPart, [agent.userId]);
      await tx.calls.addMembers(tookPart, [agent.userId, supervisor.userId]);
    });
    expect((await listed(agent)).toSorted()).toEqual([placed.id, answered.id, tookPart.id].toSorted());
    expect(await listed(colleague)).toEqual([]);
    await expect(record.database.read(agent, (scope) => readCall(scope, tookPart.id))).resolves.toBeDefined();
  });
});

describe("a call's facts", () => {
  const AT = "2026-11-21T09:00:00.000Z";
  const who = async (room: ScriptedRoom) =>
    (
      await record.rows("select m.user_id from call_members m join calls c on c.id = m.call_id where c.room = $1", [
        room.name,
      ])
    ).length;

  test("make it theirs who placed it, steered it or were given it on their phone, and nobody else's", async () => {
    const [steering, given, absent, listener] = await Promise.all(
      [0, 1, 2, 3].map(() => aMember(record.database, workspaceId, "agent")),
    );
    if (!steering || !given || !absent || !listener) throw new Error("Nobody is there.");
    const phone = `+1415${String(Math.floor(Math.random() * 1e7)).padStart(7, "2")}`;
    const ofAbsent = `${phone.slice(0, -1)}${(Number(phone.at(-1)) + 1) % 10}`;
    await record.database.unitOfWork(system)(async (tx) => {
      await tx.workspaces.setPhone(given, phone);
      await tx.workspaces.setPhone(absent, ofAbsent);
    });
    const room = new ScriptedRoom();
    const steered = (by: string, action: string) => ({
      type: "call.steered" as const,
      at: AT,
      by,
      action,
      detail: null,
    });
    const transferred = (to: string, result: "connected" | "failed") => ({
      type: "transfer.ended" as const,
      at: AT,
      to,
      result,
      reason: null,
    });
    room.tell(
      ...wholeCall({ workspaceId }).map((fact) =>
        fact.type === "call.started" ? { ...fact, placedBy: agent.userId } : fact,
      ),
      steered(steering.userId, "hold"),
      steered(newId("apiKey"), "resume"),
      steered(listener.userId, "listen"),
      transferred(ofAbsent, "failed"),
      transferred(phone, "connected"),
    );
    await projectRoom(record.context(), room, room.name);
    for (const each of [agent, steering, given]) expect(await listed(each), each.userId).toContain(room.callId);
    for (const each of [absent, listener]) expect(await listed(each)).not.toContain(room.callId);
    expect(await who(room)).toBe(3);
    await projectRoom(record.context(), room, room.name);
    expect(await who(room)).toBe(3);
  });
});
