import type { ExportRecord } from "@earwitness/core";
import { type CallId, CallList, CallView, newId, type RecordingId, TrashList } from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { routes } from "../src/routes/index.ts";
import { problemIn } from "./setup/browser.ts";
import { asSystem } from "./setup/database.ts";
import { addCall, addRecording, addTranscript } from "./setup/records.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant();
});

const call = (path: string, method = "GET") => tenant.browser.fetch(`/v1${path}`, { method });
const remove = (id: CallId) => call(`/calls/${id}`, "DELETE");
const restore = (id: CallId) => call(`/calls/${id}/restore`, "POST");
const trashed = async () => TrashList.parse(await (await call("/trash")).json()).calls;
const listed = async () => CallList.parse(await (await call("/calls?limit=100")).json()).calls.map(({ id }) => id);

/** A call with a recording that is stored, and a transcript. */
async function aCall(): Promise<{ id: CallId; recordingId: RecordingId }> {
  const { id, ...rest } = await addCall(tenant);
  const recording = await addRecording(
    { ...rest, id },
    { state: "stored", r2Key: "k", sizeBytes: 44, sha256: "a", peaksKey: "p" },
  );
  await addTranscript(recording, { state: "failed" });
  return { id, recordingId: recording.id };
}

/** What a route about a call is asked with, so that nothing but the call can be at fault. */
const BODIES: Readonly<Record<string, object>> = {
  steerCall: { action: "hold" },
  addCallNote: { text: "Late", positionMs: null },
};
const aboutCalls = routes
  .map(({ contract }) => contract)
  .filter(({ path, operationId }) => /\{(callId|recordingId)\}/.test(path) && operationId !== "restoreCall")
  .map(({ method, path, operationId }) => ({ method: method.toUpperCase(), path, operationId }));

describe("a call in the trash", () => {
  let deleted: { id: CallId; recordingId: RecordingId };
  beforeAll(async () => {
    deleted = await aCall();
    expect((await remove(deleted.id)).status).toBe(204);
  });

  test.each(aboutCalls)("is to its owner by $method $path as if there were none", async (each) => {
    const ask = (ids: { id: string; recordingId: string }) => {
      const url = each.path
        .replace("{callId}", ids.id)
        .replace("{recordingId}", ids.recordingId)
        .replace("{noteId}", newId("note"))
        .replace("{noticeId}", newId("notice"))
        .replace("{uploadId}", newId("upload"));
      const body = BODIES[each.operationId];
      return tenant.browser.fetch(`/v1${url}`, {
        method: each.method,
        headers: { "idempotency-key": crypto.randomUUID(), ...(body && { "content-type": "application/json" }) },
        ...(body && { body: JSON.stringify(body) }),
      });
    };
    const [gone, none] = [await ask(deleted), await ask({ id: newId("call"), recordingId: newId("recording") })];
    expect([gone.status, none.status]).toEqual([404, 404]);
    const [a, b] = [await problemIn(gone), await problemIn(none)];
    expect({ ...a, requestId: "" }).toEqual({ ...b, requestId: "" });
  });

  test("is in no list, and no live token leads to it", async () => {
    expect(await listed()).not.toContain(deleted.id);
    expect((await tenant.browser.json("/v1/live-tokens", "POST", { callId: deleted.id })).status).toBe(404);
  });

  test("is told of there, with the day on which it goes", async () => {
    const found = (await trashed()).find(({ id }) => id === deleted.id);
    if (found === undefined) throw new Error("It does not lie there.");
    expect(found).toMatchObject({
      deletedBy: expect.stringMatching(/^usr_/),
      deletedByName: tenant.email,
      isHeld: false,
    });
    expect(Date.parse(found.purgeAt) - Date.parse(found.deletedAt)).toBe(30 * 24 * 60 * 60_000);
  });
});

test("what is restored is where it was, once", async () => {
  const { id } = await aCall();
  await remove(id);
  expect((await restore(id)).status).toBe(204);
  expect((await restore(id)).status).toBe(404);
  expect(CallView.parse(await (await call(`/calls/${id}`)).json()).id).toBe(id);
  expect(await listed()).toContain(id);
  expect((await trashed()).map((each) => each.id)).not.toContain(id);
});

test("a call on the line is not deleted", async () => {
  const { id } = await addCall(tenant, { state: "live", endedAt: null });
  const refused = await remove(id);
  expect([refused.status, (await problemIn(refused)).code]).toEqual([409, "conflict"]);
  expect(await listed()).toContain(id);
});

test("the trash is read in pages, each call once, those deleted last first", async () => {
  const other = await newTenant();
  const ids: CallId[] = [];
  for (let i = 0; i < 3; i++) {
    const { id } = await addCall(other);
    ids.unshift(id);
    await other.browser.fetch(`/v1/calls/${id}`, { method: "DELETE" });
  }
  const read: CallId[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query = cursor === "" ? "" : `&cursor=${cursor}`;
    const page = TrashList.parse(await (await other.browser.fetch(`/v1/trash?limit=2${query}`)).json());
    read.push(...page.calls.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(read).toEqual(ids);
});

test("of a call in the trash no browser is told any more", async () => {
  const { id } = await aCall();
  await remove(id);
  const told = await asSystem(async (tx) => {
    await tx.outbox.tellCall(tenant.workspaceId, id, "recording");
    const rows = await tx.outbox.claim({
      now: new Date(Date.now() + 60_000),
      hiddenUntil: new Date(Date.now() + 1),
      limit: 1_000,
    });
    return rows.filter(({ effect }) => effect?.kind === "live" && effect.news.callId === id);
  });
  expect(told.every(({ effect }) => effect?.kind === "live" && effect.news.entity === "call")).toBe(true);
});

test("the report of a call is not fetched while the call lies in the trash", async () => {
  const { id: callId } = await aCall();
  const exportId = newId("export");
  const { workspaceId } = tenant;
  await asSystem((tx) => tx.exports.add(aReport({ id: exportId, workspaceId, filter: { callId } })));
  const fetched = async () => (await call(`/exports/${exportId}/download`)).status;
  expect(await fetched()).toBe(200);
  await remove(callId);
  expect(await fetched()).toBe(404);
  await restore(callId);
  expect(await fetched()).toBe(200);
});

/** An export of a call's report whose file is there. */
function aReport(changes: Pick<ExportRecord, "id" | "workspaceId" | "filter">): ExportRecord {
  const now = new Date();
  return {
    kind: "call_report",
    format: "srt",
    requestedBy: newId("user"),
    sees: "all",
    state: "ready",
    jobId: null,
    progress: null,
    rowCount: 1,
    sizeBytes: 1,
    sha256: "a",
    r2Key: "exports/report.srt",
    reason: null,
    createdAt: now,
    finishedAt: now,
    expiresAt: new Date(now.getTime() + 60_000),
    ...changes,
  };
}
