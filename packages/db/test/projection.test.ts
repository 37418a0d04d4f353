import { projectRoom, type RoutingSnapshot } from "@earwitness/core";
import { type CallId, newId } from "@earwitness/shared";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ScriptedRoom, wholeCall } from "./support/a-room.ts";
import { aWorkspace } from "./support/factories.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();

const project = (room: ScriptedRoom) => projectRoom(record.context(), room, room.name);

/** What a call's facts have made, as far as it can be counted. */
async function traces(room: ScriptedRoom) {
  const [found] = await record.rows(
    `select c.state, c.recording_state as "recordingState",
      array[c.notices_received, c.notices_repeated, c.notices_applied] as notices,
      (select count(*)::int from call_facts where room = r.room) as facts,
      (select count(*)::int from inbound_notices where room = r.room) as "keptNotices",
      (select coalesce(sum(repeats), 0)::int from inbound_notices where room = r.room) as repeats,
      (select count(*)::int from call_legs where call_id = c.id) as legs,
      (select count(*)::int from recordings where call_id = c.id) as recordings,
      (select count(*)::int from jobs where workspace_id = c.workspace_id) as jobs,
      r.projected_n as cursor
    from room_cursors r left join calls c on c.room = r.room where r.room = $1`,
    [room.name],
  );
  return found;
}

const WHOLE = {
  state: "ended",
  recordingState: "storing",
  notices: [5, 1, 4],
  facts: 13,
  keptNotices: 4,
  repeats: 1,
  legs: 1,
  recordings: 1,
  jobs: 1,
  cursor: 13,
};

describe("projecting a room", () => {
  test("puts a whole call into the record and tells the room how far it came", async () => {
    const room = new ScriptedRoom();
    room.tell(...wholeCall({ workspaceId: await aWorkspace(record.database) }));
    expect(await project(room)).toBe(13);
    expect(await traces(room)).toEqual(WHOLE);
    expect(room.confirmed).toEqual([13]);
  });

  test("keeps a notice that was read at last as what came of it", async () => {
    const room = new ScriptedRoom();
    const facts = wholeCall({ workspaceId: await aWorkspace(record.database) });
    const hangup = facts.findIndex((fact) => fact.type === "notice.kept" && fact.notice.eventId === "hangup");
    const heard = facts[hangup];
    if (heard?.type !== "notice.kept") throw new Error("There is no such notice.");
    room.tell(...facts.slice(0, hangup), { ...heard, applied: false, flag: "unreadable" });
    await project(room);
    room.tell(...facts.slice(hangup));
    await project(room);
    expect(await traces(room)).toEqual({ ...WHOLE, notices: [6, 1, 4], facts: 14, repeats: 2, cursor: 14 });
    const kept = await record.rows(
      "select applied, flag from inbound_notices where room = $1 and event_id = 'hangup'",
      [room.name],
    );
    expect(kept).toEqual([{ applied: true, flag: null }]);
  });

  test("goes through every page", async () => {
    const room = new ScriptedRoom(2);
    room.tell(...wholeCall({ workspaceId: await aWorkspace(record.database) }));
    await project(room);
    expect(await traces(room)).toEqual(WHOLE);
    expect(room.confirmed.at(-1)).toBe(13);
  });

  test("confirms again what the room did not hear", async () => {
    const room = new ScriptedRoom();
    room.tell(...wholeCall({ workspaceId: await aWorkspace(record.database) }));
    await project(room);
    expect(await project(room)).toBe(0);
    expect(room.confirmed).toEqual([13, 13]);
  });

  test("has one effect, however the facts come in pages, twice and at once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 1, max: 13 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        async (pageSize, told, atOnce) => {
          const room = new ScriptedRoom(pageSize);
          const facts = wholeCall({ workspaceId: await aWorkspace(record.database) });
          for (const upTo of [...told].sort((a, b) => a - b)) {
            room.tell(...facts.slice(room.facts.length, upTo));
            await Promise.all(Array.from({ length: atOnce }, () => project(room)));
          }
          room.tell(...facts.slice(room.facts.length));
          await Promise.all(Array.from({ length: atOnce }, () => project(room)));
          expect(await traces(room)).toEqual(WHOLE);
        },
      ),
      { numRuns: 15 },
    );
  }, 30_000);

  test("leaves nothing behind of a page that fails", async () => {
    const room = new ScriptedRoom();
    room.tell(...wholeCall({ workspaceId: await aWorkspace(record.database) }));
    const ctx = record.context();
    const breaking = {
      ...ctx,
      unitOfWork: <T>(work: Parameters<typeof ctx.unitOfWork<T>>[0]) =>
        ctx.unitOfWork<T>((tx) =>
          work({ ...tx, outbox: { ...tx.outbox, tellCall: () => Promise.reject(new Error("broken")) } }),
        ),
    };
    await expect(projectRoom(breaking, room, room.name)).rejects.toThrow("broken");
    expect(await record.rows("select * from room_cursors where room = $1", [room.name])).toEqual([]);
    expect(room.confirmed).toEqual([]);
    await project(room);
    expect(await traces(room)).toEqual(WHOLE);
  });

  test("refuses facts with a hole between them and the record", async () => {
    const room = new ScriptedRoom();
    room.tell(...wholeCall({ workspaceId: await aWorkspace(record.database) }));
    room.facts.splice(0, 3);
    await expect(project(room)).rejects.toMatchObject({ code: "conflict" });
  });

  test("tells browsers once a page", async () => {
    const room = new ScriptedRoom();
    room.tell(...wholeCall({ workspaceId: await aWorkspace(record.database) }));
    await project(room);
    const news = await record.rows("select payload from outbox where kind = 'live' and payload->>'callId' = $1", [
      room.callId,
    ]);
    expect(news).toEqual([{ payload: { entity: "call", callId: room.callId } }]);
  });

  test("passes over a recording that the call has under another of our ids", async () => {
    const room = new ScriptedRoom();
    const facts = wholeCall({ workspaceId: await aWorkspace(record.database) });
    room.tell(...facts);
    await project(room);
    const saved = facts.at(-1);
    if (saved?.type !== "recording.saved") throw new Error("The last fact is the recording");
    await record.database.unitOfWork({ kind: "system", reason: "test" })((tx) =>
      tx.calls.setRecordingState(room.callId, "stored"),
    );
    room.tell({ ...saved, recordingId: newId("recording") });
    await project(room);
    expect(await traces(room)).toMatchObject({ recordings: 1, recordingState: "stored" });
  });
});

describe("a call whose workspace the room does not know", () => {
  async function aNumber(e164: string) {
    const workspaceId = await aWorkspace(record.database);
    const id = newId("number");
    await record.database.unitOfWork({ kind: "system", reason: "test" })((tx) =>
      tx.numbers.claim({
        id,
        workspaceId,
        e164,
        carrierNumberId: null,
        label: null,
        announcement: null,
        recordInbound: true,
        recordOutbound: true,
        language: null,
        keyTerms: [],
        deleteCarrierCopy: false,
        liveCaptions: true,
      }),
    );
    return { id, workspaceId };
  }
  const unrouted = (callId: CallId) =>
    record.rows("select reason from unrouted_calls where to_address = $1", [`sip:${callId}@nowhere`]);

  test("belongs to whoever has the number in the record", async () => {
    const number = await aNumber("+15550177001");
    const room = new ScriptedRoom();
    room.tell(...wholeCall({ to: "sip:+15550177001@carrier.example" }));
    await project(room);
    expect(await record.context().unitOfWork((tx) => tx.calls.find(room.callId))).toMatchObject({
      workspaceId: number.workspaceId,
      numberId: number.id,
    });
    expect(await traces(room)).toEqual(WHOLE);
  });

  test("is listed as one that reached nobody while no workspace has the number", async () => {
    const room = new ScriptedRoom();
    room.tell(...wholeCall({ to: `sip:${room.callId}@nowhere` }));
    await project(room);
    expect(await record.rows("select id from calls where room = $1", [room.name])).toEqual([]);
    expect(await unrouted(room.callId)).toHaveLength(1);
    expect(await traces(room)).toMatchObject({ facts: 13, keptNotices: 4, repeats: 1, cursor: 13, recordings: 0 });
  });

  test("is projected from its first fact once its workspace is known", async () => {
    const workspaceId = await aWorkspace(record.database);
    const room = new ScriptedRoom();
    const facts = wholeCall({ to: `sip:${room.callId}@nowhere` });
    room.tell(...facts.slice(0, 6));
    await project(room);
    const routed: RoutingSnapshot = {
      v: 1,
      version: 1,
      workspaceId,
      numberId: newId("number"),
      e164: "+15550177002",
      announcement: null,
      recordInbound: true,
      recordOutbound: true,
      language: null,
      keyTerms: [],
      liveCaptions: true,
    };
    room.tell({ type: "call.routed", at: "2026-11-21T09:00:01.000Z", snapshot: routed }, ...facts.slice(6));
    await project(room);
    expect(await traces(room)).toEqual({ ...WHOLE, facts: 14, cursor: 14 });
    expect(await unrouted(room.callId)).toEqual([]);
    const owners = await record.rows(
      "select distinct workspace_id from (select workspace_id from call_facts where room = $1 union all select workspace_id from inbound_notices where room = $1) t",
      [room.name],
    );
    expect(owners).toHaveLength(1);
    expect(owners[0]?.workspace_id).not.toBeNull();
  });

  test("stays nobody's when the workspace that it names is gone", async () => {
    const room = new ScriptedRoom();
    room.tell(...wholeCall({ to: `sip:${room.callId}@nowhere`, workspaceId: newId("workspace") }));
    await project(room);
    expect(await unrouted(room.callId)).toHaveLength(1);
  });
});
