import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulators, startEmulators } from "../src/index.ts";
import { type AnsweringApp, startAnsweringApp } from "./support/answering-app.ts";
import { door } from "./support/door.ts";

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

let lastNumber = 1000;

/** Dials a number that behaves as `entry` says, and returns the leg's id. */
async function dial(entry: object | null, fields: object = {}): Promise<string> {
  lastNumber += 1;
  const to = `+1310555${lastNumber}`;
  if (entry !== null) await door(emulators.control.url).phoneBook(to, entry);
  const call = { connection_id: emulators.telnyx.connectionId, from: emulators.telnyx.numbers[0] ?? "", to };
  const { data } = await app.telnyx.calls.dial({ ...call, ...fields });
  return data?.call_leg_id ?? "";
}

test("an unknown number answers and talks; its words are on the recording's two channels", async () => {
  const legId = await dial(null);
  expect(await app.event("call.initiated", legId)).toMatchObject({ direction: "outgoing" });
  await app.event("call.recording.saved", legId);
  expect(await app.event("call.hangup", legId)).toMatchObject({
    hangup_cause: "normal_clearing",
    hangup_source: "callee",
    sip_hangup_cause: "200",
  });
  const detail = await door(emulators.control.url).detail(legId);
  expect(detail.recordings[0]?.words.length).toBe(49);
});

test.each([
  [{ behaviour: "busy" }, { hangup_cause: "user_busy", hangup_source: "callee", sip_hangup_cause: "486" }],
  [{ behaviour: "rejected" }, { hangup_cause: "call_rejected", sip_hangup_cause: "603" }],
  [{ behaviour: "failed" }, { hangup_cause: "not_found", sip_hangup_cause: "404" }],
  [{ behaviour: "no_answer" }, { hangup_cause: "timeout" }],
])("a number that is %o ends the call as such, unanswered", async (entry, expected) => {
  const legId = await dial(entry, { timeout_secs: 10 });
  expect(await app.event("call.hangup", legId)).toMatchObject(expected);
  expect(
    app.arrived.some(
      ({ body: { data } }) => data?.event_type === "call.answered" && data.payload.call_leg_id === legId,
    ),
  ).toBe(false);
});

test("no answer is told apart from a timeout when the carrier may not try again", async () => {
  const legId = await dial({ behaviour: "no_answer" }, { timeout_secs: 5, retry_on_timeout: false });
  expect(await app.event("call.hangup", legId)).toMatchObject({ hangup_cause: "no_answer" });
});

test("a call that we end while it rings is an originator's cancel", async () => {
  const legId = await dial({ behaviour: "answer", afterMs: 60_000 }, { timeout_secs: 600 });
  const { call_control_id } = await app.event("call.initiated", legId);
  await app.telnyx.calls.actions.hangup(call_control_id, {});
  expect(await app.event("call.hangup", legId)).toMatchObject({
    hangup_cause: "originator_cancel",
    hangup_source: "caller",
  });
});

test("a call has a time limit", async () => {
  const legId = await dial({ behaviour: "answer", hangupBy: "nobody" }, { time_limit_secs: 30 });
  expect(await app.event("call.hangup", legId)).toMatchObject({ hangup_cause: "time_limit" });
});

test("machine detection tells people and machines apart, simple and premium", async () => {
  const person = await dial({ behaviour: "answer", script: "short" }, { answering_machine_detection: "detect" });
  expect((await app.event("call.machine.detection.ended", person)).result).toBe("human");
  const machine = await dial({ behaviour: "machine" }, { answering_machine_detection: "detect" });
  expect((await app.event("call.machine.detection.ended", machine)).result).toBe("machine");
  const premium = await dial({ behaviour: "machine" }, { answering_machine_detection: "premium" });
  expect((await app.event("call.machine.premium.detection.ended", premium)).result).toBe("machine");
  expect((await app.event("call.machine.premium.greeting.ended", premium)).result).toBe("beep_detected");
});

test("a recording that the dial asks for begins with the answer, under the id that the dial named", async () => {
  const control = door(emulators.control.url);
  await control.phoneBook("+13105550001", { behaviour: "answer", script: "short" });
  const { data } = await app.telnyx.calls.dial({
    connection_id: emulators.telnyx.connectionId,
    from: "+12125550100",
    to: "+13105550001",
    record: "record-from-answer",
    record_format: "wav",
  });
  const saved = await app.event("call.recording.saved", data?.call_leg_id ?? "");
  const detail = await control.detail(data?.call_leg_id ?? "");
  const ids = detail.recordings.map(({ recordingId }) => recordingId);
  expect(ids).toContain(data?.recording_id);
  expect(ids).toContain(saved.recording_id);
});

test("a transfer makes a second leg of the same session, and two bridged events", async () => {
  const control = door(emulators.control.url);
  await control.phoneBook("+13105550002", { behaviour: "answer", script: "short" });
  const { callControlId, callSessionId } = await control.call({ hangupBy: "nobody" });
  await app.event("call.answered", callSessionId);
  await app.telnyx.calls.actions.transfer(callControlId, { to: "+13105550002", target_leg_client_state: "dGFyZ2V0" });
  const bridged = () =>
    app.arrived.filter(
      ({ body: { data } }) => data?.event_type === "call.bridged" && data.payload.call_session_id === callSessionId,
    );
  await app.waitFor(() => bridged().length === 2);
  expect(bridged().map(({ body: { data } }) => data?.payload.client_state)).toContain("dGFyZ2V0");
});

test("a media socket is not carried, and the vendor's event says so", async () => {
  const { callControlId, callLegId } = await door(emulators.control.url).call({ hangupBy: "nobody" });
  await app.event("call.answered", callLegId);
  await app.telnyx.calls.actions.startStreaming(callControlId, { stream_url: "wss://127.0.0.1:1/media" });
  expect(await app.event("streaming.failed", callLegId)).toMatchObject({ failure_reason: "connection_failed" });
});
