import { applyRetention, projectRoom } from "@earwitness/core";
import { type CallId, newId, uuidOf, type WorkspaceId } from "@earwitness/shared";
import { expect, test } from "vitest";
import { readCall, readCoverage } from "../../src/index.ts";
import { ScriptedRoom, wholeCall } from "../support/a-room.ts";
import { aWorkspace } from "../support/factories.ts";
import { slowPurges } from "../support/slow-purges.ts";
import { daysAgo, useOldCalls } from "../support/use-old-calls.ts";

const past = useOldCalls();
const { record, write, rows, callRow, spoken, keep, anOldCall } = past;
const jobsOf = (id: CallId) => record.rows("select kind from jobs where payload->>'callId' = $1", [id]);
const aCaption = (id: string) => ({
  id,
  channel: "caller" as const,
  startMs: 0,
  endMs: 1,
  text: "secret",
  words: [],
  isFinal: true,
  language: null,
  heardAtMs: null,
});

test("retention takes the sound of calls that are older than the rule, and leaves their words", async () => {
  await keep({ recordings: 30 });
  const [old, young] = [await anOldCall(31), await anOldCall(29)];
  expect(await applyRetention(write(), new Date())).toMatchObject({ recordings: 1, transcripts: 0, calls: 0 });
  const view = await record.database.read(past.owner, (scope) => readCall(scope, old.call.id));
  expect(view).toMatchObject({ recordingState: "purged", transcriptState: "ready", lastLine: "The first words" });
  expect(view.purges).toMatchObject([{ kind: "recordings", days: 30 }]);
  expect(view.recordings).toMatchObject([{ state: "purged", r2Key: null, sha256: "a" }]);
  expect(await jobsOf(old.call.id)).toEqual([{ kind: "call.purge_objects" }]);
  expect((await callRow(young.call.id))?.recording_state).toBe("stored");
  // What was kept until its time was over is not missing.
  expect(await record.database.read(past.owner, (scope) => readCoverage(scope, old.call.id))).toMatchObject({
    missingMs: 0,
  });
  expect(await applyRetention(write(), new Date())).toMatchObject({ recordings: 0 });
});

test("retention takes every word of a call, and leaves its sound", async () => {
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

test("retention leaves of a whole call nothing that says who it was or what was said", async () => {
  await keep({ calls: 30 });
  const room = new ScriptedRoom();
  const began = daysAgo(31).toISOString();
  room.tell(
    ...wholeCall({ workspaceId: past.workspaceId }).map((fact) => ("at" in fact ? { ...fact, at: began } : fact)),
    {
      type: "caption.settled",
      at: began,
      caption: aCaption("c1"),
    },
  );
  await projectRoom(write(), room, room.name);
  const id = room.callId;
  const { from_address: number } = (await callRow(id)) ?? {};
  await applyRetention(write(), new Date());
  const everything = JSON.stringify(
    (
      await Promise.all(
        ["calls where id", "call_facts where call_id", "inbound_notices where call_id", "call_legs where call_id"].map(
          (from) => rows(`select * from ${from} = $1`, id),
        ),
      )
    ).flat(),
  );
  expect(everything).not.toContain(String(number));
  expect(everything).not.toContain("secret");
  expect(await callRow(id)).toMatchObject({ state: "ended", from_address: "", purged_at: expect.any(Date) });
  await expect(record.database.read(past.owner, (scope) => readCall(scope, id))).rejects.toMatchObject({
    code: "not_found",
  });
  // What the room tells late is not kept either, and does not hold it up.
  room.tell({
    type: "caption.settled",
    at: began,
    caption: aCaption("c2"),
  });
  await projectRoom(write(), room, room.name);
  expect(await spoken(id)).toEqual([]);
  expect(JSON.stringify(await rows("select fact from call_facts where call_id = $1", id))).not.toContain("secret");
});

test("retention leaves of an imported call neither its numbers nor its file's name, which may have them in it, and of other calls both", async () => {
  await keep({ calls: 30 });
  const [old, young] = [await anOldCall(31), await anOldCall(29)];
  const importId = newId("import");
  const [uuid, workspaceId] = [uuidOf(importId), uuidOf(past.workspaceId)];
  await record.rows(
    "insert into imports (id, workspace_id, prefix, requested_by, state) values ($1, $2, 'imports/x/', 'key', 'done')",
    [uuid, workspaceId],
  );
  for (const [line, { call }] of [old, young].entries()) {
    await record.rows(
      `insert into import_rows (import_id, workspace_id, line, file_key, state, details, call_id)
       values ($1, $2, $3, 'imports/x/+14155550123.wav', 'taken', '{"said":{"from":"+14155550123"}}', $4)`,
      [uuid, workspaceId, line + 1, uuidOf(call.id)],
    );
  }
  await applyRetention(write(), new Date());
  const ofImport = await record.rows("select * from import_rows where import_id = $1 order by line", [uuid]);
  expect(ofImport.map((row) => JSON.stringify(row).split("4155550123").length - 1)).toEqual([0, 2]);
  expect(ofImport.map(({ state }) => state)).toEqual(["taken", "taken"]);
});

test("retention twice at once takes each call once", async () => {
  await keep({ recordings: 30 });
  const calls = [await anOldCall(31), await anOldCall(32), await anOldCall(33)];
  const results = await Promise.all([1, 2].map(() => applyRetention(write(), new Date())));
  expect(results.map(({ recordings }) => recordings).reduce((a, b) => a + b)).toBe(3);
  for (const { call } of calls) expect((await callRow(call.id))?.purges).toHaveLength(1);
});

test("retention that does not come to its end goes on after the workspace that it broke off in, and comes round", async () => {
  const others = [await aWorkspace(record.database), await aWorkspace(record.database)];
  const workspaces = [past.workspaceId, ...others].sort();
  for (const id of workspaces) {
    await keep({ recordings: 30 }, id);
    for (const days of [31, 32]) await anOldCall(days, id);
  }
  const taken: string[] = [];
  for (let runs = 0; runs < 6; runs++) {
    const before = await takenFrom(workspaces);
    // Each call takes a whole run.
    expect(await applyRetention(slowPurges(write()), new Date())).toMatchObject({ recordings: 1, unfinished: 1 });
    const after = await takenFrom(workspaces);
    taken.push(...workspaces.filter((_id, n) => after[n] !== before[n]));
  }
  expect(taken).toEqual([...workspaces, ...workspaces]);
  expect(await applyRetention(write(), new Date())).toMatchObject({ recordings: 0, unfinished: 0 });
});

test("retention asks for the carrier's copies, also where it does not come to its end", async () => {
  await keep({ recordings: 30 });
  const [kept] = [await anOldCall(10), await anOldCall(31), await anOldCall(32)];
  await record.rows(
    "update recordings set source = 'carrier', state = 'purged', stored_at = now() - interval '2 days' where id = $1",
    [uuidOf(kept.recording.id)],
  );
  expect(await applyRetention(slowPurges(write()), new Date())).toMatchObject({ unfinished: 1, carrierCopies: 1 });
});

/** How many recordings were taken from each. */
async function takenFrom(workspaces: readonly WorkspaceId[]): Promise<unknown[]> {
  const counts: unknown[] = [];
  for (const id of workspaces) {
    const [row] = await record.rows(
      "select count(*)::int as n from recordings where workspace_id = $1 and state = 'purged'",
      [uuidOf(id)],
    );
    counts.push(row?.n);
  }
  return counts;
}
