import {
  CallView,
  HoldList,
  HoldView,
  NoteList,
  NoteView,
  newId,
  RetentionPreview,
  WorkspaceView,
} from "@earwitness/shared";
import { beforeAll, expect, test } from "vitest";
import { problemIn } from "./setup/browser.ts";
import { addCall } from "./setup/records.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant();
});

const post = (path: string, body: object) => tenant.browser.json(`/v1${path}`, "POST", body);
const get = async (path: string): Promise<unknown> => (await tenant.browser.fetch(`/v1${path}`)).json();
const remove = (id: string) => tenant.browser.fetch(`/v1/calls/${id}`, { method: "DELETE" });
const place = async (callId: string | null) =>
  HoldView.parse(await (await post("/holds", { callId, reason: "Acme v. Us" })).json());

test("a call that is held is not deleted until it is released, and says so", async () => {
  const { id } = await addCall(tenant);
  const hold = await place(id);
  expect(hold).toMatchObject({ callId: id, callLabel: "+4915112345678", reason: "Acme v. Us", releasedAt: null });
  expect(CallView.parse(await get(`/calls/${id}`)).isHeld).toBe(true);
  const refused = await remove(id);
  expect([refused.status, (await problemIn(refused)).code]).toEqual([409, "conflict"]);
  const released = HoldView.parse(await (await post(`/holds/${hold.id}/release`, {})).json());
  expect(released.releasedAt).not.toBeNull();
  expect(HoldView.parse(await (await post(`/holds/${hold.id}/release`, {})).json())).toEqual(released);
  expect(CallView.parse(await get(`/calls/${id}`)).isHeld).toBe(false);
  expect((await remove(id)).status).toBe(204);
});

test.each([
  ["its call", (id: string) => place(id)],
  ["the workspace", () => place(null)],
])("a note is not taken back while %s is held, and says so", async (_, hold) => {
  const { id } = await addCall(tenant);
  const note = NoteView.parse(await (await post(`/calls/${id}/notes`, { text: "Wants Monday" })).json());
  const takeBack = () => tenant.browser.fetch(`/v1/calls/${id}/notes/${note.id}`, { method: "DELETE" });
  const held = await hold(id);
  const refused = await takeBack();
  expect(refused.status).toBe(409);
  expect(await problemIn(refused)).toMatchObject({ code: "conflict", detail: expect.stringMatching(/legal hold/) });
  expect(NoteList.parse(await get(`/calls/${id}/notes`)).notes).toEqual([note]);
  await post(`/holds/${held.id}/release`, {});
  expect((await takeBack()).status).toBe(204);
});

test("a hold on the workspace keeps every call of it", async () => {
  const { id } = await addCall(tenant);
  const hold = await place(null);
  expect((await remove(id)).status).toBe(409);
  expect(HoldList.parse(await get(`/holds?callId=${id}`)).holds.map((each) => each.id)).toEqual([hold.id]);
  await post(`/holds/${hold.id}/release`, {});
  expect(HoldList.parse(await get(`/holds?callId=${id}`)).holds).toEqual([]);
  expect(HoldList.parse(await get("/holds?released=true")).holds.map((each) => each.id)).toContain(hold.id);
  expect((await remove(id)).status).toBe(204);
});

test("nothing that is not there is held", async () => {
  expect((await post("/holds", { callId: newId("call"), reason: "Acme v. Us" })).status).toBe(404);
  expect((await post("/holds", { callId: null, reason: "  " })).status).toBe(400);
});

test("what the next run takes is counted beforehand, by rules that are not saved yet", async () => {
  const other = await newTenant();
  const ask = async (query: string) =>
    RetentionPreview.parse(await (await other.browser.fetch(`/v1/retention/preview${query}`)).json());
  const old = { startedAt: new Date(Date.now() - 40 * 86_400_000), recordingState: "stored" } as const;
  const [, held] = [
    await addCall(other, old),
    await addCall(other, old),
    await addCall(other, { recordingState: null }),
  ];
  await other.browser.json("/v1/holds", "POST", { callId: held.id, reason: "Acme v. Us" });
  expect((await ask("")).kinds).toEqual([]);
  expect((await ask("?recordings=30")).kinds).toEqual([{ kind: "recordings", days: 30, due: 1, held: 1 }]);
  expect((await ask("?recordings=60")).kinds).toEqual([{ kind: "recordings", days: 60, due: 0, held: 0 }]);
  await other.browser.json("/v1/workspace", "PATCH", { retention: { recordings: 30, calls: 400 } });
  expect((await ask("")).kinds).toEqual([
    { kind: "recordings", days: 30, due: 1, held: 1 },
    { kind: "calls", days: 400, due: 0, held: 0 },
  ]);
});

test("a rule is changed by itself, and the older word sets two of them", async () => {
  const other = await newTenant();
  const change = async (body: object) =>
    WorkspaceView.parse(await (await other.browser.json("/v1/workspace", "PATCH", body)).json());
  expect(await change({ retentionDays: 90 })).toMatchObject({
    retentionDays: 90,
    retention: { recordings: 90, transcripts: 90, calls: null },
  });
  expect(await change({ retention: { transcripts: null, calls: 400 } })).toMatchObject({
    retentionDays: 90,
    retention: { recordings: 90, transcripts: null, calls: 400 },
  });
  expect(await change({ retentionDays: null })).toMatchObject({
    retentionDays: null,
    retention: { recordings: null, transcripts: null, calls: 400 },
  });
  const refused = await other.browser.json("/v1/workspace", "PATCH", { retention: { recordings: 0 } });
  expect(refused.status).toBe(400);
});

test("usage is asked for within what one answer may hold", async () => {
  const ask = (query: string) => tenant.browser.fetch(`/v1/usage?${query}`);
  expect((await ask("from=2026-11-01T00:00:00Z&until=2026-11-21T00:00:00Z&by=hour")).status).toBe(200);
  expect((await ask("from=2026-09-01T00:00:00Z&until=2026-11-21T00:00:00Z&by=hour")).status).toBe(400);
  expect((await ask("from=2026-11-21T00:00:00Z&until=2026-11-01T00:00:00Z")).status).toBe(400);
});
