import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulators, startEmulators } from "../src/index.ts";
import { type AnsweringApp, startAnsweringApp, telnyxClient } from "./support/answering-app.ts";
import { door } from "./support/door.ts";
import { startReceiver } from "./support/receiver.ts";

let emulators: Emulators;
let app: AnsweringApp;

beforeAll(async () => {
  emulators = await startEmulators({ telnyx: { pace: 50 } });
  app = await startAnsweringApp(emulators);
});
afterAll(async () => {
  await emulators.close();
  await app.close();
});

const control = () => door(emulators.control.url);

test("without a webhook URL a call is refused with a sentence, to an unknown number as well", async () => {
  const deaf = await startEmulators();
  try {
    await expect(door(deaf.control.url).call()).rejects.toThrow("409: ");
    await expect(control().call({ to: "+19995550100" })).rejects.toThrow("is not a number of this account");
    await expect(control().call({ script: "opera" })).rejects.toThrow("There is no script 'opera'");
    await expect(control().call({ form: "+1" })).rejects.toThrow("400: ");
    await expect(control().call({ wav: Buffer.from("noise").toString("base64") })).rejects.toThrow("400: ");
  } finally {
    await deaf.close();
  }
});

test("a caller who is not answered gives up", async () => {
  const silent = await startReceiver();
  const deaf = await startEmulators({ telnyx: { pace: 50, webhookUrl: silent.url } });
  try {
    const { callLegId } = await door(deaf.control.url).call({ patienceMs: 50 });
    expect(await silent.event("call.hangup", callLegId)).toMatchObject({
      hangup_cause: "originator_cancel",
      hangup_source: "caller",
    });
  } finally {
    await deaf.close();
    await silent.close();
  }
});

test("who hangs up, when and why can be chosen", async () => {
  const agent = await control().call({ script: "short", hangupBy: "agent" });
  expect(await app.event("call.hangup", agent.callLegId)).toMatchObject({
    hangup_source: "callee",
    sip_hangup_cause: "unspecified",
  });
  const early = await control().call({ hangupAfterMs: 500, hangupCause: "unspecified" });
  expect(await app.event("call.hangup", early.callLegId)).toMatchObject({
    hangup_source: "caller",
    hangup_cause: "unspecified",
  });
  const open = await control().call({ script: "short", hangupBy: "nobody" });
  await app.event("call.answered", open.callLegId);
  await control().hangUp(open.callSessionId);
  expect(await app.event("call.hangup", open.callLegId)).toMatchObject({
    hangup_cause: "normal_clearing",
    hangup_source: "caller",
  });
});

test("people talk although nobody records them, when they have waited long enough", async () => {
  const receiver = await startReceiver();
  const unrecorded = await startEmulators({
    telnyx: { pace: 50, conversationGraceMs: 100, webhookUrl: receiver.url },
  });
  try {
    const { callControlId, callLegId } = await door(unrecorded.control.url).call({ script: "short" });
    const started = Date.now();
    await telnyxClient(unrecorded).calls.actions.answer(callControlId, {});
    await receiver.event("call.hangup", callLegId);
    expect(Date.now() - started).toBeGreaterThanOrEqual(100);
    const detail = await door(unrecorded.control.url).detail(callLegId);
    expect(detail.script?.words).toHaveLength(15);
    expect(detail.recordings).toEqual([]);
  } finally {
    await unrecorded.close();
    await receiver.close();
  }
});

test("what was asked of the vendors is on record, without keys", async () => {
  const { callLegId, callControlId } = await control().call({ script: "short" });
  await app.event("call.hangup", callLegId);
  const answer = await control().get("/received?vendor=telnyx");
  const text = JSON.stringify(answer);
  expect(text).toContain(`/v2/calls/${callControlId}/actions/answer`);
  expect(text).not.toContain(emulators.telnyx.apiKey);
});

test("the timeline tells events, commands and sounds in the call's own time", async () => {
  const { callLegId } = await control().call({ script: "short" });
  await app.event("call.recording.saved", callLegId);
  const { timeline } = await control().detail(callLegId);
  const names = timeline.map(({ name }) => name);
  expect(names).toEqual([
    "call.initiated",
    "answer",
    "call.answered",
    "speak",
    "call.speak.started",
    "speak",
    "call.speak.ended",
    "record_start",
    "recording started",
    "conversation began",
    "call.hangup",
    "recording ended",
    "call.recording.saved",
  ]);
  const times = timeline.map(({ atMs }) => atMs);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test("the phone page offers the account's numbers and the scripts; a form with a file places a call", async () => {
  const page = await (await fetch(emulators.control.url)).text();
  for (const number of emulators.telnyx.numbers) expect(page).toContain(`<option>${number}</option>`);
  expect(page).toContain("Where is my order?");
  const { encodeWav } = await import("../src/audio/wav.ts");
  const form = new FormData();
  form.set("from", "+14155550177");
  form.set("wav", new Blob([new Uint8Array(encodeWav([new Int16Array(8000).fill(900)], 8000))]), "voice.wav");
  const response = await fetch(`${emulators.control.url}/calls`, { method: "POST", body: form });
  expect(response.status).toBe(201);
  const { callLegId } = await response.json();
  expect(await app.event("call.hangup", callLegId)).toMatchObject({ hangup_cause: "normal_clearing" });
});

test("pages on this machine may use the door, others may not", async () => {
  const allowed = async (origin: string) =>
    (await fetch(`${emulators.control.url}/health`, { headers: { origin } })).headers.get(
      "access-control-allow-origin",
    );
  expect(await allowed("http://localhost:3000")).toBe("http://localhost:3000");
  expect(await allowed("https://example.com")).toBeNull();
});
