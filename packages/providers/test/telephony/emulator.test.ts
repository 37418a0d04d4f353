import { type Emulators, startEmulators } from "@earwitness/emulators";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createTelnyxTelephony } from "../../src/telephony/index.ts";
import type { CarrierCall } from "./carrier-call.ts";
import { askControl, type EmulatedCallOptions, startCall } from "./emulated-call.ts";

let emulators: Emulators;
beforeAll(async () => {
  emulators = await startEmulators({ telnyx: { pace: 50 } });
});
afterAll(() => emulators.close());

const calls: CarrierCall[] = [];
afterEach(async () => {
  for (const call of calls.splice(0)) await call.close();
});

async function newCall(more: EmulatedCallOptions = {}) {
  const emulated = await startCall(emulators, more);
  calls.push(emulated.call);
  return emulated;
}

const control = (method: string, path: string, body?: unknown) => askControl(emulators, method, path, body);

describe("with a carrier on the wire, a call that comes in", () => {
  test("is answered, announced, recorded and told", async () => {
    const { call, e164 } = await newCall();
    await control("POST", "/calls", { from: "+12125550199", to: e164, script: "short" });
    await call.until(() => call.fact("recording.saved") !== undefined && call.fact("call.ended") !== undefined);
    expect(call.faults).toEqual([]);
    expect(call.fact("call.started")).toMatchObject({ direction: "inbound", from: "+12125550199", to: e164 });
    expect(call.fact("call.announced")).toMatchObject({ text: "This call is recorded." });
    expect(call.fact("call.ended")).toMatchObject({ cause: "completed", endedBy: "caller" });
    expect(call.fact("call.ended")?.answeredMs).toBeGreaterThan(5000);
    expect(call.fact("recording.saved")).toMatchObject({
      channels: 2,
      format: "wav",
      url: expect.stringMatching(/^http/),
    });
    expect(call.fact("command.failed")).toBeUndefined();
    expect([...call.rooms].some((room) => room?.startsWith("telnyx:"))).toBe(true);
  });

  test("that the caller gives up before the answer is cancelled", async () => {
    const { call, e164 } = await newCall();
    await control("POST", "/faults", { target: "telnyx", effect: "status", status: 503, match: { path: "/answer" } });
    await control("POST", "/calls", { from: "+12125550199", to: e164, patienceMs: 300 });
    await call.until(() => call.fact("call.ended") !== undefined);
    expect(call.fact("call.ended")).toMatchObject({ cause: "cancelled", answeredMs: 0 });
  });
});

describe("with a carrier on the wire, a call that goes out", () => {
  test("is answered, announced, recorded and told, its notices naming our room", async () => {
    const { call, place } = await newCall();
    const callId = place("+12125550142");
    await call.until(() => call.fact("recording.saved") !== undefined && call.fact("call.ended") !== undefined, 20_000);
    expect(call.fact("call.ended")).toMatchObject({ cause: "completed" });
    expect(call.rooms).toEqual(new Set([callId]));
  });

  test.each([
    ["busy", "busy"],
    ["no_answer", "no_answer"],
    ["rejected", "rejected"],
    ["failed", "not_found"],
  ])("to a phone that is %s ends as %s", async (behaviour, cause) => {
    const { call, place } = await newCall();
    const to = "+12125550143";
    await control("PUT", `/phonebook/${encodeURIComponent(to)}`, { behaviour });
    place(to);
    await call.until(() => call.fact("call.ended") !== undefined);
    expect(call.fact("call.ended")).toMatchObject({ cause, answeredMs: 0 });
    expect(call.fact("command.failed")).toBeUndefined();
  });

  test("that a machine answers is hung up when that was asked for", async () => {
    const { call, place } = await newCall({ detectMachine: true });
    const to = "+12125550144";
    await control("PUT", `/phonebook/${encodeURIComponent(to)}`, { behaviour: "machine" });
    place(to);
    await call.until(() => call.fact("call.ended") !== undefined);
    expect(call.fact("machine.detected")).toMatchObject({ result: "machine" });
    expect(call.fact("call.ended")).toMatchObject({ cause: "machine", endedBy: "us" });
  });

  test("is hung up while it rings", async () => {
    const { call, place } = await newCall();
    const to = "+12125550145";
    await control("PUT", `/phonebook/${encodeURIComponent(to)}`, { behaviour: "no_answer" });
    place(to);
    await call.until(() => call.fact("leg.changed") !== undefined);
    call.hangUp();
    await call.until(() => call.fact("call.ended") !== undefined);
    expect(call.fact("call.ended")).toMatchObject({ cause: "cancelled", endedBy: "us" });
  });

  test("to no phone number is refused by the carrier, and has failed with its word", async () => {
    const { call, place } = await newCall();
    place("not-a-number");
    await call.until(() => call.fact("call.ended") !== undefined);
    expect(call.fact("command.failed")).toMatchObject({ command: "dial", code: "10016" });
    expect(call.fact("call.ended")).toMatchObject({ cause: "failed", carrierCause: "10016" });
  });
});

describe("with a carrier on the wire, a command", () => {
  test("to a call that is over finds it gone", async () => {
    const { call, e164 } = await newCall();
    await control("POST", "/calls", { from: "+12125550199", to: e164, script: "short" });
    await call.until(() => call.fact("call.ended") !== undefined);
    const controlId = call.fact("leg.changed")?.carrierControlId ?? "";
    const { url: baseUrl, apiKey, connectionId } = emulators.telnyx;
    const telephony = createTelnyxTelephony({
      baseUrl,
      apiKey,
      connectionId,
      webhookUrl: "http://127.0.0.1/",
      soundsUrl: "http://127.0.0.1/audio",
      mediaUrlOf: async () => "ws://127.0.0.1/media",
    });
    expect(await telephony.send({ kind: "hangup", key: "late", controlId })).toEqual({ kind: "call_gone" });
  });

  test("with another's key is refused", async () => {
    const { url: baseUrl, connectionId } = emulators.telnyx;
    const telephony = createTelnyxTelephony({
      baseUrl,
      apiKey: "KEYwrong",
      connectionId,
      webhookUrl: "http://127.0.0.1/",
      soundsUrl: "https://hooks.test/audio",
      mediaUrlOf: async ({ key }) => `wss://hooks.test/media/${key}`,
    });
    const outcome = await telephony.send({ kind: "hangup", key: "k", controlId: "v3:x" });
    expect(outcome).toMatchObject({ kind: "refused", code: "10009" });
  });
});
