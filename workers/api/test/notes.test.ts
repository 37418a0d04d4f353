import { CoverageView, MemberList, MeView, NoteList, NoteView } from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { problemIn } from "./setup/browser.ts";
import { addCall } from "./setup/records.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
let stranger: Tenant;
beforeAll(async () => {
  [tenant, stranger] = [await newTenant(), await newTenant()];
});

describe("a note on a call", () => {
  test("is listed with its moment and its author, and taken back by them, once or twice", async () => {
    const call = await addCall(tenant);
    const path = `/v1/calls/${call.id}/notes`;
    const written = await tenant.browser.json(path, "POST", { text: "Wants Monday", positionMs: 4_120 });
    expect(written.status).toBe(201);
    const note = NoteView.parse(await written.json());
    expect(note).toMatchObject({ text: "Wants Monday", positionMs: 4_120 });
    expect(note.byName).toMatch(/@/);
    expect(NoteList.parse(await (await tenant.call(path)).json()).notes).toEqual([note]);
    for (let times = 0; times < 2; times++) {
      expect((await tenant.browser.fetch(`${path}/${note.id}`, { method: "DELETE" })).status).toBe(204);
    }
    expect(NoteList.parse(await (await tenant.call(path)).json()).notes).toEqual([]);
  });

  test("is not taken back by somebody else", async () => {
    const call = await addCall(tenant);
    const path = `/v1/calls/${call.id}/notes`;
    const note = NoteView.parse(await (await tenant.browser.json(path, "POST", { text: "Mine" })).json());
    const response = await tenant.call(`${path}/${note.id}`, { method: "DELETE" });
    expect(response.status).toBe(403);
    expect(await problemIn(response)).toMatchObject({ code: "forbidden" });
  });

  test("needs words, and a call of the workspace", async () => {
    const call = await addCall(tenant);
    const empty = await tenant.browser.json(`/v1/calls/${call.id}/notes`, "POST", { text: "  " });
    expect(empty.status).toBe(400);
    const foreign = await stranger.browser.json(`/v1/calls/${call.id}/notes`, "POST", { text: "Hello" });
    expect(foreign.status).toBe(404);
    expect((await stranger.call(`/v1/calls/${call.id}/notes`)).status).toBe(404);
  });
});

describe("a member", () => {
  test("sets the phone to which calls are transferred, and everybody in the workspace sees it", async () => {
    const set = await tenant.browser.json("/v1/me", "PATCH", { phone: "+1 217 555 0171" });
    expect(MeView.parse(await set.json()).user.phone).toBe("+12175550171");
    const { members } = MemberList.parse(await (await tenant.call("/v1/members", { scope: "read" })).json());
    expect(members).toMatchObject([{ role: "owner", phone: "+12175550171" }]);
    const unset = await tenant.browser.json("/v1/me", "PATCH", { phone: null });
    expect(MeView.parse(await unset.json()).user.phone).toBeNull();
  });

  test("is told what is no phone number", async () => {
    const response = await tenant.browser.json("/v1/me", "PATCH", { phone: "five" });
    expect(response.status).toBe(400);
    expect(await problemIn(response)).toMatchObject({ errors: [{ pointer: "#/phone" }] });
  });
});

describe("steering", () => {
  const headers = { "idempotency-key": "a-key-of-the-test" };

  test("needs a key that makes the same wish one wish", async () => {
    const call = await addCall(tenant, { state: "live" });
    const response = await tenant.call(`/v1/calls/${call.id}/actions`, { method: "POST", json: { action: "hold" } });
    expect(response.status).toBe(400);
    expect(await problemIn(response)).toMatchObject({ errors: [{ pointer: "header/idempotency-key" }] });
  });

  test("refuses what is no wish, and keys that no phone has", async () => {
    const call = await addCall(tenant, { state: "live" });
    for (const json of [{ action: "dance" }, { action: "send_dtmf", digits: "12X" }, { action: "transfer" }]) {
      const response = await tenant.call(`/v1/calls/${call.id}/actions`, { method: "POST", json, headers });
      expect(response.status).toBe(400);
    }
  });

  test("is nobody's on another workspace's call", async () => {
    const call = await addCall(tenant, { state: "live" });
    const init = { method: "POST", json: { action: "hold" }, headers };
    expect((await stranger.call(`/v1/calls/${call.id}/actions`, init)).status).toBe(404);
  });
});

describe("coverage", () => {
  test("of a call without sound says that nothing was recorded, and adds up", async () => {
    const call = await addCall(tenant, {
      answeredAt: new Date("2026-11-20T10:00:00.000Z"),
      endedAt: new Date("2026-11-20T10:00:30.010Z"),
      recordingState: null,
    });
    const view = CoverageView.parse(await (await tenant.call(`/v1/calls/${call.id}/coverage`)).json());
    expect(view).toMatchObject({
      isFinal: true,
      answeredMs: 30_020,
      missingMs: 30_020,
      captions: null,
      missing: [{ startMs: 0, endMs: 30_020, reason: "not_recorded" }],
    });
    expect((await stranger.call(`/v1/calls/${call.id}/coverage`)).status).toBe(404);
  });
});
