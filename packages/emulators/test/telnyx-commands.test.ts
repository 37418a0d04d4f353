import { APIError } from "telnyx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulators, startEmulators } from "../src/index.ts";
import { telnyxClient } from "./support/answering-app.ts";
import { door } from "./support/door.ts";
import { type Receiver, startReceiver } from "./support/receiver.ts";

let emulators: Emulators;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  emulators = await startEmulators({ telnyx: { pace: 50, webhookUrl: receiver.url, callerPatienceMs: 60_000 } });
});
afterAll(async () => {
  await emulators.close();
  await receiver.close();
});

const speech = { payload: "One moment please.", voice: "AWS.Polly.Joanna" } as const;
const recording = { format: "wav", channels: "dual" } as const;

async function ring(request: object = {}): Promise<{ id: string; legId: string }> {
  const placed = await door(emulators.control.url).call({ script: "short", hangupBy: "nobody", ...request });
  await receiver.event("call.initiated", placed.callLegId);
  return { id: placed.callControlId, legId: placed.callLegId };
}

async function answered(request: object = {}): Promise<{ id: string; legId: string }> {
  const call = await ring(request);
  await telnyxClient(emulators).calls.actions.answer(call.id, {});
  await receiver.event("call.answered", call.legId);
  return call;
}

/** The status and the codes of a refusal. */
async function refusal(promise: Promise<unknown>): Promise<{ status: number; codes: string[]; pointers: unknown[] }> {
  const error: unknown = await promise.then(
    () => new Error("It was not refused."),
    (reason: unknown) => reason,
  );
  if (!(error instanceof APIError)) throw error;
  const errors: { code: string; source?: { pointer: string } }[] = Reflect.get(Object(error.error), "errors");
  return {
    status: error.status ?? 0,
    codes: errors.map(({ code }) => code),
    pointers: errors.map(({ source }) => source?.pointer),
  };
}

/** A request that the SDK's types would not let through. */
async function raw(
  path: string,
  body: unknown,
  key = emulators.telnyx.apiKey,
): Promise<{ status: number; codes: string[] }> {
  const response = await fetch(`${emulators.telnyx.url}/v2${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const { errors = [] }: { errors?: { code: string }[] } = JSON.parse(await response.text());
  return { status: response.status, codes: errors.map(({ code }) => code) };
}

describe("the vendor's refusals", () => {
  test("a wrong key is 401/10009, an unknown path 404/10005", async () => {
    expect(await refusal(telnyxClient(emulators, "KEYwrong").balance.retrieve())).toMatchObject({
      status: 401,
      codes: ["10009"],
    });
    expect(await raw("/call/x", {})).toEqual({ status: 404, codes: ["10005"] });
  });

  test("a misspelt field, a missing one, a wrong type, an unknown value and one out of range have their own codes", async () => {
    const { id } = await answered();
    const path = `/calls/${encodeURIComponent(id)}/actions`;
    expect(await raw(`${path}/record_start`, { ...recording, chanels: "dual" })).toEqual({
      status: 422,
      codes: ["10015"],
    });
    expect(await raw(`${path}/record_start`, { format: "wav" })).toEqual({ status: 422, codes: ["10004"] });
    expect(await raw(`${path}/record_start`, { ...recording, play_beep: "yes" })).toEqual({
      status: 422,
      codes: ["10026"],
    });
    expect(await raw(`${path}/record_start`, { ...recording, format: "ogg" })).toEqual({
      status: 422,
      codes: ["10032"],
    });
    expect(await raw(`${path}/record_start`, { ...recording, max_length: 14_401 })).toEqual({
      status: 422,
      codes: ["10033"],
    });
    expect(await raw(`${path}/record_start`, '{"format":')).toEqual({ status: 400, codes: ["10023"] });
    expect(await raw(`${path}/hold_music`, {})).toEqual({ status: 404, codes: ["10005"] });
  });

  test("an unknown call is 422/90015, a call that ended 90018, one that rings 90034", async () => {
    const { actions } = telnyxClient(emulators).calls;
    expect(await refusal(actions.hangup("v3:nobody", {}))).toMatchObject({ status: 422, codes: ["90015"] });
    const { id } = await ring();
    expect(await refusal(actions.speak(id, speech))).toMatchObject({ status: 422, codes: ["90034"] });
    expect(await refusal(actions.startRecording(id, recording))).toMatchObject({ status: 422, codes: ["90034"] });
    await actions.hangup(id, {});
    expect(await refusal(actions.hangup(id, {}))).toMatchObject({ status: 422, codes: ["90018"] });
    expect(await refusal(actions.answer(id, {}))).toMatchObject({ status: 422, codes: ["90018"] });
  });

  test("a client state that is not base64 is 90017, an event that does not exist 90057", async () => {
    const { id } = await ring();
    const { actions } = telnyxClient(emulators).calls;
    expect(await refusal(actions.answer(id, { client_state: "not base64!" }))).toMatchObject({
      status: 422,
      codes: ["90017"],
    });
    const webhook_urls = { "call.finished": [receiver.url] };
    expect(await refusal(actions.answer(id, { webhook_urls }))).toMatchObject({ status: 422, codes: ["90057"] });
    const webhook_retries_policies = { "call.hangup": { retries_ms: [40_000, 40_000] } };
    expect(await refusal(actions.answer(id, { webhook_retries_policies }))).toMatchObject({ codes: ["10033"] });
  });

  test("dialling wants a known application, an E.164 number, and a link for what needs one", async () => {
    const { calls } = telnyxClient(emulators);
    const call = { connection_id: emulators.telnyx.connectionId, from: "+12125550100", to: "+13105550142" };
    expect(await refusal(calls.dial({ ...call, connection_id: "1" }))).toMatchObject({
      status: 422,
      codes: ["10015"],
      pointers: ["/connection_id"],
    });
    expect(await refusal(calls.dial({ ...call, to: "3105550142" }))).toMatchObject({ codes: ["10016"] });
    expect(await refusal(calls.dial({ ...call, bridge_on_answer: true }))).toMatchObject({ codes: ["10004"] });
    expect(await refusal(calls.dial({ ...call, timeout_secs: 3 }))).toMatchObject({ codes: ["10033"] });
  });

  test("answering a call that we dialled is 90102", async () => {
    const { calls } = telnyxClient(emulators);
    const { data } = await calls.dial({
      connection_id: emulators.telnyx.connectionId,
      from: "+12125550100",
      to: "+13105550142",
    });
    expect(data?.is_alive).toBe(false);
    expect(await refusal(calls.actions.answer(data?.call_control_id ?? "", {}))).toMatchObject({ codes: ["90102"] });
  });

  test("what the stand-in cannot do is refused as such, and nothing happens", async () => {
    const { id, legId } = await answered();
    const { calls } = telnyxClient(emulators);
    expect(await refusal(calls.actions.startRecording(id, { ...recording, format: "mp3" }))).toMatchObject({
      status: 501,
    });
    expect(await refusal(calls.actions.startRecording(id, { ...recording, transcription: true }))).toMatchObject({
      status: 501,
    });
    const detail = await door(emulators.control.url).detail(legId);
    expect(detail.recordings).toEqual([]);
  });

  test("every answer says how many requests are left, and too many are 429/10011", async () => {
    const small = await startEmulators({ telnyx: { requestsPerMinute: 2 } });
    try {
      const client = telnyxClient(small);
      const first = await client.balance.retrieve().asResponse();
      expect(first.headers.get("x-ratelimit-remaining")).toBe("1");
      expect(await refusal(client.recordings.retrieve("none"))).toMatchObject({ status: 404 });
      expect(await refusal(client.balance.retrieve())).toMatchObject({ status: 429, codes: ["10011"] });
    } finally {
      await small.close();
    }
  });
});

describe("what commands do", () => {
  test("the same command id twice is done once", async () => {
    const { id, legId } = await answered();
    const { actions } = telnyxClient(emulators).calls;
    const once = { ...recording, command_id: "record-1" };
    expect((await actions.startRecording(id, once)).data?.result).toBe("ok");
    expect((await actions.startRecording(id, once)).data?.result).toBe("ok");
    expect((await door(emulators.control.url).detail(legId)).recordings).toHaveLength(1);
    const dial = {
      connection_id: emulators.telnyx.connectionId,
      from: "+12125550100",
      to: "+13105550142",
      command_id: "dial-1",
    };
    const [first, second] = [
      await telnyxClient(emulators).calls.dial(dial),
      await telnyxClient(emulators).calls.dial(dial),
    ];
    expect(second.data?.call_leg_id).toBe(first.data?.call_leg_id);
  });

  test("a refused command can be sent again under the same id", async () => {
    const { id, legId } = await ring();
    const { actions } = telnyxClient(emulators).calls;
    const command = { ...speech, command_id: "speak-1" };
    expect(await refusal(actions.speak(id, command))).toMatchObject({ codes: ["90034"] });
    await actions.answer(id, {});
    await receiver.event("call.answered", legId);
    await actions.speak(id, command);
    expect((await receiver.event("call.speak.ended", legId)).status).toBe("completed");
  });

  test("the client state of a command comes back with every later event of the leg, until another replaces it", async () => {
    const { id, legId } = await ring();
    const { calls } = telnyxClient(emulators);
    await calls.actions.answer(id, { client_state: "Zmlyc3Q=" });
    expect((await receiver.event("call.answered", legId)).client_state).toBe("Zmlyc3Q=");
    await calls.actions.updateClientState(id, { client_state: "c2Vjb25k" });
    await calls.actions.hangup(id, {});
    expect((await receiver.event("call.hangup", legId)).client_state).toBe("c2Vjb25k");
  });

  test("a call can be read while it lives and after, and is listed as active only while it lives", async () => {
    const { id, legId } = await answered();
    const client = telnyxClient(emulators);
    const active = async () => {
      const legs: (string | undefined)[] = [];
      for await (const call of client.connections.listActiveCalls(emulators.telnyx.connectionId))
        legs.push(call.call_leg_id);
      return legs;
    };
    expect((await client.calls.retrieveStatus(id)).data).toMatchObject({ call_leg_id: legId, is_alive: true });
    expect(await active()).toContain(legId);
    await client.calls.actions.hangup(id, {});
    expect((await client.calls.retrieveStatus(id)).data).toMatchObject({ is_alive: false });
    expect(await active()).not.toContain(legId);
  });

  test("speaks queue, and one that plays when the call ends says so", async () => {
    const { id, legId } = await answered();
    const { actions } = telnyxClient(emulators).calls;
    await actions.speak(id, speech);
    await actions.speak(id, { ...speech, payload: "Nobody will hear this sentence to its end. ".repeat(15) });
    await receiver.waitFor(
      () =>
        receiver.arrived.filter(
          ({ body: { data } }) => data?.event_type === "call.speak.started" && data.payload.call_leg_id === legId,
        ).length === 2,
    );
    await actions.hangup(id, {});
    await receiver.event("call.hangup", legId);
    const ended = receiver.arrived.flatMap(({ body: { data } }) =>
      data?.event_type === "call.speak.ended" && data.payload.call_leg_id === legId ? [data.payload.status] : [],
    );
    expect(ended).toEqual(["completed", "call_hangup"]);
  });

  test("a rejected call ends as busy or rejected", async () => {
    const { actions } = telnyxClient(emulators).calls;
    const busy = await ring();
    await actions.reject(busy.id, { cause: "USER_BUSY" });
    expect(await receiver.event("call.hangup", busy.legId)).toMatchObject({ hangup_cause: "user_busy" });
    const rejected = await ring();
    await actions.reject(rejected.id, { cause: "CALL_REJECTED" });
    expect(await receiver.event("call.hangup", rejected.legId)).toMatchObject({ hangup_cause: "call_rejected" });
  });

  test("the account's numbers and its application can be read, and its webhook URL changed", async () => {
    const client = telnyxClient(emulators);
    const numbers: (string | undefined)[] = [];
    for await (const number of client.phoneNumbers.list({
      filter: { connection_id: emulators.telnyx.connectionId },
      "page[size]": 2,
    })) {
      numbers.push(number.phone_number);
    }
    expect(numbers).toEqual(emulators.telnyx.numbers);
    const before = await client.callControlApplications.retrieve(emulators.telnyx.connectionId);
    expect(before.data).toMatchObject({ webhook_event_url: receiver.url, webhook_api_version: "2" });
    const patch = { application_name: "support", webhook_event_url: `${receiver.url}/other` };
    await client.callControlApplications.update(emulators.telnyx.connectionId, patch);
    const { legId } = await ring();
    const event = await receiver.waitFor(({ body: { data } }) => data?.payload.call_leg_id === legId);
    expect(event.path).toBe("/webhooks/other");
    emulators.configure({ telnyx: { webhookUrl: receiver.url } });
  });

  test.each([
    ["/recordings", "filter[call_leg]", 400],
    ["/recordings", "filter[created_at][since]", 400],
    ["/recordings", "call_leg_id", 400],
    ["/recordings", "page[sise]", 400],
    ["/recordings", "filter[sip_call_id]", 501],
    ["/webhook_deliveries", "filter[started_at]", 400],
    ["/webhook_deliveries", "filter[webhook][contains]", 501],
    ["/call_events", "filter[call_leg_id]", 400],
    ["/call_events", "page[after]", 501],
    ["/phone_numbers", "filter[phone_numbers]", 400],
    ["/phone_numbers", "filter[status]", 501],
    ["/call_control_applications", "filter[name]", 400],
    ["/call_control_applications", "sort", 501],
    ["/conferences", "filter[conference_name]", 400],
    ["/conferences", "filter[status]", 501],
    ["/connections/1/active_calls", "filter[from]", 400],
  ])("the list %s asked with %s is not answered with everything", async (path, parameter, status) => {
    const response = await fetch(`${emulators.telnyx.url}/v2${path}?${new URLSearchParams({ [parameter]: "x" })}`, {
      headers: { authorization: `Bearer ${emulators.telnyx.apiKey}` },
    });
    expect(response.status).toBe(status);
    const { errors } = Object(await response.json());
    if (status === 501) expect(errors).toMatchObject([{ title: "Not emulated" }]);
    else expect(errors).toMatchObject([{ code: "10015", source: { parameter } }]);
  });

  test("what happened can be asked for afterwards: how a lost webhook is found", async () => {
    const { id, legId } = await answered();
    const client = telnyxClient(emulators);
    await client.calls.actions.hangup(id, {});
    const events: string[] = [];
    for await (const event of client.callEvents.list({ filter: { leg_id: legId } }))
      events.push(`${event.type} ${event.name}`);
    expect(events).toEqual([
      "webhook call.initiated",
      "command answer",
      "webhook call.answered",
      "command hangup",
      "webhook call.hangup",
    ]);
  });
});
