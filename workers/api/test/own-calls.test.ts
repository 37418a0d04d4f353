import { CallFrame, type CallId, CallList, CallView, LIVE_CLOSE, newId, type RecordingId } from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { routes } from "../src/routes/index.ts";
import { APP_ORIGIN } from "./setup/app-origin.ts";
import { problemIn } from "./setup/browser.ts";
import { type Colleague, newColleague } from "./setup/colleague.ts";
import { asSystem } from "./setup/database.ts";
import { present } from "./setup/expect-value.ts";
import { addCall, addRecording, addTranscript } from "./setup/records.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
let agent: Colleague;
/** Somebody else's call, with a recording that is stored. */
let callId: CallId;
let recordingId: RecordingId;
beforeAll(async () => {
  tenant = await newTenant();
  agent = await newColleague(tenant, "agent");
  const call = await addCall(tenant);
  const recording = await addRecording(call, {
    state: "stored",
    r2Key: "k",
    sizeBytes: 44,
    sha256: "a",
    peaksKey: "p",
  });
  await addTranscript(recording, { state: "failed" });
  [callId, recordingId] = [call.id, recording.id];
});

/** What a route about a call is asked with, so that nothing but the call can be at fault. */
const BODIES: Readonly<Record<string, object>> = {
  steerCall: { action: "hold" },
  addCallNote: { text: "Mine", positionMs: null },
};
const aboutCalls = routes
  .map(({ contract }) => contract)
  // These are refused to every agent, whosever the call.
  .filter(({ path, may }) => /\{(callId|recordingId)\}/.test(path) && !/^(calls:delete|ops:)/.test(may))
  .map(({ method, path, operationId }) => ({ method: method.toUpperCase(), path, operationId }));

const ask = (
  { method, path, operationId }: (typeof aboutCalls)[number],
  ids: { callId: string; recordingId: string },
) => {
  const url = path
    .replace("{callId}", ids.callId)
    .replace("{recordingId}", ids.recordingId)
    .replace("{noteId}", newId("note"))
    .replace("{uploadId}", newId("upload"));
  const body = BODIES[operationId];
  return agent.browser.fetch(`/v1${url}`, {
    method,
    headers: { "idempotency-key": crypto.randomUUID(), ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
};

describe("a call that is somebody else's", () => {
  test.each(aboutCalls)("is to an agent by $method $path as if there were none", async (each) => {
    const theirs = await ask(each, { callId, recordingId });
    const none = await ask(each, { callId: newId("call"), recordingId: newId("recording") });
    expect([theirs.status, none.status]).toEqual([404, 404]);
    const [a, b] = [await problemIn(theirs), await problemIn(none)];
    expect({ ...a, requestId: "" }).toEqual({ ...b, requestId: "" });
  });

  test("is in no list, and no live socket or token leads to it", async () => {
    const listed = CallList.parse(await (await agent.browser.fetch("/v1/calls")).json());
    expect(listed.calls.map(({ id }) => id)).not.toContain(callId);
    expect((await agent.browser.json("/v1/live-tokens", "POST", { callId })).status).toBe(404);
    expect(await closing(await openLive(callId))).toBe(LIVE_CLOSE.notFound);
  });
});

test("the calls that are transferred to a colleague's phone are not had by calling that phone one's own", async () => {
  const phone = "+12175550173";
  const colleague = await newColleague(tenant, "supervisor");
  const mine = (of: Colleague) => of.browser.json("/v1/me", "PATCH", { phone });
  expect((await mine(colleague)).status).toBe(200);
  expect((await mine(colleague)).status).toBe(200);
  const taken = await mine(agent);
  expect([taken.status, (await problemIn(taken)).code]).toEqual([409, "conflict"]);
  expect((await colleague.browser.json("/v1/me", "PATCH", { phone: null })).status).toBe(200);
  const both = await Promise.all([mine(agent), mine(colleague)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
});

describe("a call that becomes theirs", () => {
  const see = () => agent.browser.fetch(`/v1/calls/${callId}`);

  test("by its number is theirs until it is taken from them", async () => {
    const answersAt = (numberIds: string[]) =>
      tenant.browser.json(`/v1/members/${agent.userId}`, "PATCH", { numberIds });
    expect((await answersAt([tenant.numberId])).status).toBe(200);
    expect(CallView.parse(await (await see()).json()).id).toBe(callId);
    expect((await answersAt([])).status).toBe(200);
    expect((await see()).status).toBe(404);
  });

  test("because they had to do with it stays theirs", async () => {
    const call = await addCall(tenant);
    await asSystem((tx) => tx.calls.addMembers(call, [agent.userId]));
    expect((await agent.browser.fetch(`/v1/calls/${call.id}`)).status).toBe(200);
  });

  test("where the workspace shows agents every call, and its socket is closed when it does no more", async () => {
    const show = (agentsSeeAllCalls: boolean) => tenant.browser.json("/v1/workspace", "PATCH", { agentsSeeAllCalls });
    const placed = await tenant.call("/v1/calls", {
      method: "POST",
      json: { from: tenant.numberId, to: "+14155550177" },
    });
    const { callId: living } = await placed.json<{ callId: CallId }>();
    await addCall(tenant, { id: living, room: living, direction: "outbound", state: "ringing", endedAt: null });
    expect((await show(true)).status).toBe(200);
    expect((await see()).status).toBe(200);
    const response = await openLive(living);
    const socket = present(response.webSocket);
    const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
    const greeted = new Promise<void>((resolve) =>
      socket.addEventListener("message", ({ data }) => {
        expect(CallFrame.parse(JSON.parse(String(data))).type).toBeDefined();
        resolve();
      }),
    );
    socket.accept();
    await greeted;
    expect((await show(false)).status).toBe(200);
    expect(await closed).toBe(LIVE_CLOSE.goingAway);
    expect(await closing(await openLive(living))).toBe(LIVE_CLOSE.notFound);
    expect((await see()).status).toBe(404);
  });
});

function openLive(call: CallId): Promise<Response> {
  return agent.browser.fetch(`/live?call=${call}`, { headers: { upgrade: "websocket", origin: APP_ORIGIN } });
}

/** With which code a socket is closed that is not to be had. */
async function closing(response: Response): Promise<number> {
  expect(response.status).toBe(101);
  const socket = present(response.webSocket);
  const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
  socket.accept();
  return closed;
}
