import { roomNameOfCall } from "@earwitness/core";
import { type AuditEntryView, AuditList, NoteView, newId, PlacedCall } from "@earwitness/shared";
import { beforeAll, expect, test } from "vitest";
import { addCall, addRecording, addTranscript } from "./setup/records.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

const FAILURE = { code: "vendor_failed", message: "Gone.", at: "2026-11-20T10:06:00.000Z", canRetry: true } as const;

let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant();
});

/** What the act wrote into the log, without what every entry has. */
async function loggedBy(act: () => Promise<Response>, status: number) {
  const newest = async (): Promise<AuditEntryView[]> =>
    AuditList.parse(await (await tenant.browser.fetch("/v1/audit?limit=5")).json()).entries;
  const before = (await newest())[0]?.n ?? 0;
  expect((await act()).status).toBe(status);
  return (await newest())
    .filter(({ n }) => n > before)
    .map(({ action, object, details, actor }) => ({ action, object, details, by: actor.kind }));
}

test("a note is in the log when it is written and when it is taken back, its words never", async () => {
  const call = await addCall(tenant);
  const path = `/v1/calls/${call.id}/notes`;
  let id = "";
  const written = await loggedBy(async () => {
    const response = await tenant.browser.json(path, "POST", { text: "A secret wish", positionMs: 7 });
    id = NoteView.parse(await response.clone().json()).id;
    return response;
  }, 201);
  const object = { kind: "note", id };
  expect(written).toEqual([
    { action: "note.written", object, details: { callId: call.id, positionMs: 7 }, by: "user" },
  ]);
  const remove = () => tenant.browser.fetch(`${path}/${id}`, { method: "DELETE" });
  expect(await loggedBy(remove, 204)).toEqual([
    { action: "note.removed", object, details: { callId: call.id }, by: "user" },
  ]);
  expect(await loggedBy(remove, 204)).toEqual([]);
});

test("a number's settings are in the log as they were and as they are", async () => {
  const patch = (body: unknown) => () => tenant.browser.json(`/v1/numbers/${tenant.numberId}`, "PATCH", body);
  const [entry] = await loggedBy(patch({ label: "Front desk", recordInbound: true }), 200);
  expect(entry).toMatchObject({
    action: "number.changed",
    object: { kind: "number", id: tenant.numberId },
    details: { label: { after: "Front desk" } },
  });
  const [again] = await loggedBy(patch({ label: "Back desk" }), 200);
  expect(again?.details).toEqual({ label: { before: "Front desk", after: "Back desk" } });
});

test("one's own phone is in the log when it is another", async () => {
  const set = () => tenant.browser.json("/v1/me", "PATCH", { phone: "+12175550171" });
  const details = { phone: { before: null, after: "+12175550171" } };
  expect(await loggedBy(set, 200)).toEqual([expect.objectContaining({ action: "member.changed", details })]);
  expect(await loggedBy(set, 200)).toEqual([]);
});

test("who asks for a recording, a transcript or the carrier's numbers again is in the log, and who could not is not", async () => {
  const call = await addCall(tenant);
  const recording = await addRecording(call, { state: "failed", failure: FAILURE });
  await addTranscript(recording, { state: "failed", failure: FAILURE });
  for (const [path, action] of [
    [`/v1/recordings/${recording.id}/retry`, "recording.retried"],
    [`/v1/calls/${call.id}/transcript/retry`, "transcript.retried"],
  ] as const) {
    const ask = () => tenant.call(path, { method: "POST" });
    expect(await loggedBy(ask, 202)).toEqual([expect.objectContaining({ action, by: "apiKey" })]);
    expect(await loggedBy(ask, 409)).toEqual([]);
  }
  expect(await loggedBy(() => tenant.browser.json("/v1/numbers/sync", "POST", {}), 202)).toEqual([
    expect.objectContaining({ action: "numbers.synced", object: { kind: "workspace", id: tenant.workspaceId } }),
  ]);
});

test("a call that is placed is in the log once for each key", async () => {
  let callId = "";
  const key = crypto.randomUUID();
  const place = async () => {
    const json = { from: tenant.numberId, to: "+14155550133" };
    const response = await tenant.call("/v1/calls", { method: "POST", json, headers: { "idempotency-key": key } });
    callId = PlacedCall.parse(await response.clone().json()).callId;
    return response;
  };
  const [entry, ...others] = await loggedBy(place, 202);
  expect(others).toEqual([]);
  expect(entry).toEqual({
    action: "call.placed",
    object: { kind: "call", id: callId },
    details: { numberId: tenant.numberId, to: "+14155550133" },
    by: "apiKey",
  });
  expect(await loggedBy(place, 202)).toEqual([]);
});

test("what is asked of a call on the line is in the log before its room decides; keys that are sent only by their number", async () => {
  const placed = await tenant.call("/v1/calls", {
    method: "POST",
    json: { from: tenant.numberId, to: "+14155550134" },
  });
  const { callId } = PlacedCall.parse(await placed.json());
  const room = roomNameOfCall(callId);
  const call = await addCall(tenant, { id: callId, room, direction: "outbound", state: "live", endedAt: null });
  const steer = (json: unknown) => () =>
    tenant.call(`/v1/calls/${call.id}/actions`, {
      method: "POST",
      json,
      headers: { "idempotency-key": crypto.randomUUID() },
    });
  const object = { kind: "call", id: call.id };
  // Nobody has answered: nothing can be done, and that it was asked for stays.
  const [sent] = await loggedBy(steer({ action: "send_dtmf", digits: "4111222233334444#" }), 409);
  expect(sent).toMatchObject({ action: "call.steered", object, details: { action: "send_dtmf", digits: 17 } });
  expect(JSON.stringify(sent)).not.toContain("4111222233334444");
  const [hungUp] = await loggedBy(() => tenant.call(`/v1/calls/${call.id}/hangup`, { method: "POST" }), 202);
  expect(hungUp).toMatchObject({ action: "call.hung_up", object });
  const missing = () => tenant.call(`/v1/calls/${newId("call")}/hangup`, { method: "POST" });
  expect(await loggedBy(missing, 404)).toEqual([]);
});
