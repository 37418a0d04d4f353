import {
  applyRetention,
  deleteCall,
  emptyTrash,
  placeHold,
  projectRoom,
  purge,
  restoreCall,
  rollUpUsage,
} from "@earwitness/core";
import { type CallId, newId, type RetentionKind, uuidOf, type WorkspaceId } from "@earwitness/shared";
import { aCall, aRecording, aTranscript } from "@earwitness/testing/records";
import { beforeEach, describe, expect, test } from "vitest";
import { readCall, readCoverage, readUsage } from "../src/index.ts";
import { ScriptedRoom, wholeCall } from "./support/a-room.ts";
import { aMember, aWorkspace, contextOf } from "./support/factories.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();
const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);

let workspaceId: WorkspaceId;
let owner: Awaited<ReturnType<typeof aMember>>;
beforeEach(async () => {
  workspaceId = await aWorkspace(record.database);
  owner = await aMember(record.database, workspaceId, "owner");
});

const write = record.context;
const rows = (query: string, id: CallId) => record.rows(query, [uuidOf(id)]);
const callRow = async (id: CallId) => (await rows("select * from calls where id = $1", id))[0];
const jobsOf = (id: CallId) => record.rows("select kind from jobs where payload->>'callId' = $1", [id]);

/** Has the workspace keep things for so many days. */
async function keep(rules: Partial<Record<RetentionKind, number>>): Promise<void> {
  await write().unitOfWork(async (tx) => {
    const { version } = await tx.workspaces.find(workspaceId);
    await tx.workspaces.change(workspaceId, version, { retention: rules });
  });
}

/** A call of so many days ago, with audio, exact words, captions and a note. */
async function anOldCall(days: number) {
  const startedAt = daysAgo(days);
  const call = aCall(workspaceId, {
    state: "ended",
    startedAt,
    answeredAt: startedAt,
    endedAt: new Date(startedAt.getTime() + 10_000),
    durationMs: 10_000,
    recordingState: "stored",
    transcriptState: "ready",
    firstLine: "The first words",
    lastCaption: "The last words",
    liveEndedAt: startedAt,
  });
  const recording = aRecording(call, {
    state: "stored",
    source: "upload",
    r2Key: `k/${call.id}`,
    sizeBytes: 10,
    sha256: "a",
    durationMs: 10_000,
    startedAt,
    storedAt: startedAt,
  });
  const transcript = aTranscript(recording, { state: "ready", completedAt: startedAt, submittedAt: startedAt });
  const word = { text: "secret", startMs: 0, endMs: 100, confidence: 1 };
  await write().unitOfWork(async (tx) => {
    await tx.calls.save(call);
    await tx.recordings.add(recording);
    await tx.transcripts.add(transcript);
    await tx.transcripts.replaceUtterances(transcript, [
      { speaker: "1", channel: 1, startMs: 0, endMs: 100, confidence: 1, text: "secret", words: [word] },
    ]);
    await tx.live.addCaption({
      workspaceId,
      callId: call.id,
      captionId: "c1",
      channel: "caller",
      startMs: 0,
      endMs: 100,
      text: "secret",
      words: [{ ...word, isFinal: true }],
      language: "en",
    });
    await tx.live.addChunk({
      workspaceId,
      callId: call.id,
      chunk: 0,
      r2Key: `chunk/${call.id}`,
      startMs: 0,
      endMs: 10_000,
      sizeBytes: 10,
      held: [{ startMs: 0, endMs: 10_000 }],
    });
    await tx.notes.add({
      id: newId("note"),
      workspaceId,
      callId: call.id,
      text: "secret",
      positionMs: null,
      writtenBy: owner.userId,
      createdAt: startedAt,
    });
  });
  return { call, recording, transcript };
}

const spoken = async (id: CallId) => [
  ...(await rows("select text from captions where call_id = $1", id)),
  ...(await rows(
    "select u.text from utterances u join transcripts t on t.id = u.transcript_id where t.call_id = $1",
    id,
  )),
  ...(await rows("select utterance_id from spoken_lines where call_id = $1", id)),
];

describe("retention", () => {
  test("takes the sound of calls that are older than the rule, and leaves their words", async () => {
    await keep({ recordings: 30 });
    const [old, young] = [await anOldCall(31), await anOldCall(29)];
    expect(await applyRetention(write(), new Date())).toMatchObject({ recordings: 1, transcripts: 0, calls: 0 });
    const view = await record.database.read(owner, (scope) => readCall(scope, old.call.id));
    expect(view).toMatchObject({ recordingState: "purged", transcriptState: "ready", lastLine: "The first words" });
    expect(view.purges).toMatchObject([{ kind: "recordings", days: 30 }]);
    expect(view.recordings).toMatchObject([{ state: "purged", r2Key: null, sha256: "a" }]);
    expect(await jobsOf(old.call.id)).toEqual([{ kind: "call.purge_objects" }]);
    expect((await callRow(young.call.id))?.recording_state).toBe("stored");
    // What was kept until its time was over is not missing.
    expect(await record.database.read(owner, (scope) => readCoverage(scope, old.call.id))).toMatchObject({
      missingMs: 0,
    });
    expect(await applyRetention(write(), new Date())).toMatchObject({ recordings: 0 });
  });

  test("takes every word of a call, and leaves its sound", async () => {
    await keep({ transcripts: 30 });
    const { call } = await anOldCall(31);
    expect(await spoken(call.id)).toHaveLength(3);
    await applyRetention(write(), new Date());
    expect(await spoken(call.id)).toEqual([]);
    expect(await callRow(call.id)).toMatchObject({
      recording_state: "stored",
      transcript_state: "purged",
      first_line: null,
      last_caption: null,
    });
  });

  test("leaves of a whole call nothing that says who it was or what was said", async () => {
    await keep({ calls: 30 });
    const room = new ScriptedRoom();
    const began = daysAgo(31).toISOString();
    room.tell(...wholeCall({ workspaceId }).map((fact) => ("at" in fact ? { ...fact, at: began } : fact)), {
      type: "caption.settled",
      at: began,
      caption: {
        id: "c1",
        channel: "caller",
        startMs: 0,
        endMs: 1,
        text: "secret",
        words: [],
        isFinal: true,
        language: null,
        heardAtMs: null,
      },
    });
    await projectRoom(write(), room, room.name);
    const id = room.callId;
    const { from_address: number } = (await callRow(id)) ?? {};
    await applyRetention(write(), new Date());
    const everything = JSON.stringify(
      (
        await Promise.all(
          [
            "calls where id",
            "call_facts where call_id",
            "inbound_notices where call_id",
            "call_legs where call_id",
          ].map((from) => rows(`select * from ${from} = $1`, id)),
        )
      ).flat(),
    );
    expect(everything).not.toContain(String(number));
    expect(everything).not.toContain("secret");
    expect(await callRow(id)).toMatchObject({ state: "ended", from_address: "", purged_at: expect.any(Date) });
    await expect(record.database.read(owner, (scope) => readCall(scope, id))).rejects.toMatchObject({
      code: "not_found",
    });
    // What the room tells late is not kept either, and does not hold it up.
    room.tell({
      type: "caption.settled",
      at: began,
      caption: {
        id: "c2",
        channel: "caller",
        startMs: 2,
        endMs: 3,
        text: "secret",
        words: [],
        isFinal: true,
        language: null,
        heardAtMs: null,
      },
    });
    await projectRoom(write(), room, room.name);
    expect(await spoken(id)).toEqual([]);
    expect(JSON.stringify(await rows("select fact from call_facts where call_id = $1", id))).not.toContain("secret");
  });

  test("twice at once takes each call once", async () => {
    await keep({ recordings: 30 });
    const calls = [await anOldCall(31), await anOldCall(32), await anOldCall(33)];
    const results = await Promise.all([1, 2].map(() => applyRetention(write(), new Date())));
    expect(results.map(({ recordings }) => recordings).reduce((a, b) => a + b)).toBe(3);
    for (const { call } of calls) expect((await callRow(call.id))?.purges).toHaveLength(1);
  });
});

describe("a hold", () => {
  const hold = (callId: CallId | null) => placeHold(contextOf(record, owner), { callId, reason: "Acme v. Us" });
  const onOne = (id: CallId) => hold(id);
  const onAll = () => hold(null);

  test.each([
    ["a call", onOne],
    ["the workspace", onAll],
  ])("on %s keeps it from retention and from the trash's end", async (_, place) => {
    await keep({ recordings: 30, calls: 60 });
    const { call } = await anOldCall(90);
    await deleteCall(contextOf(record, owner), call.id);
    await place(call.id);
    expect(await applyRetention(write(), new Date())).toMatchObject({ recordings: 0, calls: 0 });
    await emptyTrash(write(), new Date(Date.now() + 40 * DAY_MS));
    expect(await callRow(call.id)).toMatchObject({ recording_state: "stored", purged_at: null });
  });

  test.each([
    ["a call", onOne],
    ["the workspace", onAll],
  ])("on %s that is placed while it is purged is either first, or finds it gone", async (_, place) => {
    const wish = { kind: "recordings" as const, days: 1, isDue: () => true };
    const outcomes = new Set<string>();
    for (let i = 0; i < 12; i++) {
      const { call } = await anOldCall(2);
      const late = () => new Promise((done) => setTimeout(done, i % 3));
      const [purged, holdId] = await Promise.all([
        (i % 2 === 0 ? Promise.resolve() : late()).then(() => purge(write(), call.id, wish)),
        (i % 2 === 0 ? late() : Promise.resolve()).then(() => place(call.id)),
      ]);
      outcomes.add(purged);
      expect(purged).not.toBe("gone");
      const [placed] = await record.rows("select placed_at, xmin::text::int as xid from legal_holds where id = $1", [
        uuidOf(holdId),
      ]);
      expect((await callRow(call.id))?.recording_state).toBe(purged === "held" ? "stored" : "purged");
      expect(placed).toBeDefined();
      await write().unitOfWork((tx) => tx.holds.release(holdId, { at: new Date(), by: owner.userId }));
    }
    expect([...outcomes].every((each) => each === "held" || each === "purged")).toBe(true);
  });

  test.each([
    ["a call", onOne],
    ["the workspace", onAll],
  ])("on %s waits for a purge that has looked and not yet taken", async (_, place) => {
    const { call } = await anOldCall(2);
    let release = () => {};
    const looked = Promise.withResolvers<void>();
    const pause = new Promise<void>((go) => {
      release = go;
    });
    const slow = write();
    const purging = purge(
      {
        ...slow,
        unitOfWork: (work) =>
          slow.unitOfWork(async (tx) =>
            work({
              ...tx,
              holds: {
                ...tx.holds,
                isHeld: async (asked) => {
                  const held = await tx.holds.isHeld(asked);
                  looked.resolve();
                  await pause;
                  return held;
                },
              },
            }),
          ),
      },
      call.id,
      { kind: "recordings", days: 1, isDue: () => true },
    );
    await looked.promise;
    let isPlaced = false;
    const placing = place(call.id).then(() => {
      isPlaced = true;
    });
    await new Promise((done) => setTimeout(done, 150));
    expect(isPlaced).toBe(false);
    release();
    expect(await purging).toBe("purged");
    await placing;
  });
});

describe("the trash", () => {
  test("is emptied of what has lain there for its time, and of nothing that was taken out", async () => {
    const [gone, back, fresh] = [await anOldCall(5), await anOldCall(5), await anOldCall(5)];
    const long = contextOf(record, owner, daysAgo(31));
    await deleteCall(long, gone.call.id);
    await deleteCall(long, back.call.id);
    await restoreCall(contextOf(record, owner), back.call.id);
    await deleteCall(contextOf(record, owner), fresh.call.id);
    expect((await emptyTrash(write(), new Date())).purged).toBe(1);
    expect((await callRow(gone.call.id))?.purged_at).toBeInstanceOf(Date);
    expect(await spoken(gone.call.id)).toEqual([]);
    expect((await callRow(back.call.id))?.purged_at).toBeNull();
    expect((await callRow(fresh.call.id))?.purged_at).toBeNull();
    await expect(restoreCall(contextOf(record, owner), gone.call.id)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("usage", () => {
  test("is summed up from the record by hour and day, the same however often, and stays when the call is purged", async () => {
    const { call } = await anOldCall(1);
    const read = async (by: "hour" | "day") =>
      (
        await record.database.read(owner, (scope) => readUsage(scope, { from: daysAgo(2), until: new Date(), by }))
      ).sums.map(({ metric, quantity }) => [metric, quantity]);
    const sums = [
      ["answered_ms_inbound", 10_000],
      ["calls_inbound", 1],
      ["recorded_ms", 10_000],
      ["stored_bytes", 10],
      ["transcribed_ms", 10_000],
    ];
    await Promise.all([1, 2, 3].map(() => rollUpUsage(write(), new Date())));
    expect(await read("hour")).toEqual(sums);
    expect(await read("day")).toEqual(sums);
    await purge(write(), call.id, { kind: "calls", days: 1, isDue: () => true });
    await rollUpUsage(write(), new Date());
    expect(await read("hour")).toEqual(sums);
  });
});
