import { type Emulators, startEmulators } from "@earwitness/emulators";
import Telnyx from "telnyx";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { CarrierCall } from "./carrier-call.ts";
import { askControl, startCall } from "./emulated-call.ts";

const FROM = "+12125550199";
const TO = "+12125550177";

let emulators: Emulators;
beforeAll(async () => {
  emulators = await startEmulators({ telnyx: { pace: 10 } });
});
afterAll(() => emulators.close());

const calls: CarrierCall[] = [];
afterEach(async () => {
  for (const call of calls.splice(0)) await call.close();
  await control("DELETE", "/faults");
});

const control = (method: string, path: string, body?: unknown) => askControl(emulators, method, path, body);

/** A call that came in, up to where both sides talk, its recording runs and, where it is captioned, its sound comes. */
async function talking({ liveCaptions = false, script = "order-status" } = {}): Promise<CarrierCall> {
  const { call, e164 } = await startCall(emulators, { liveCaptions });
  calls.push(call);
  await control("POST", "/calls", { from: FROM, to: e164, script });
  await call.until(() => call.live?.recording === "running" && (!liveCaptions || call.live.media === "open"));
  return call;
}

const steeredBy = (call: CarrierCall, action: string) =>
  call.facts.some((fact) => fact.type === "call.steered" && fact.action === action);

/** Who of the last conference is muted, as the carrier's own API tells: the call's own leg first. */
async function mutedParticipants(): Promise<boolean[]> {
  const { url, apiKey } = emulators.telnyx;
  const carrier = new Telnyx({ apiKey, baseURL: `${url}/v2` });
  const { data: conferences } = await carrier.conferences.list();
  const { data: participants } = await carrier.conferences.listParticipants(conferences?.at(-1)?.id ?? "");
  return (participants ?? []).map(({ muted }) => muted);
}

const failures = (call: CarrierCall) => call.facts.filter(({ type }) => type === "command.failed");

describe("with a carrier on the wire, the sound of a call", () => {
  test("comes over a socket of ours from the start of the talk to its end", async () => {
    const call = await talking({ liveCaptions: true, script: "short" });
    await call.until(() => call.fact("call.ended") !== undefined);
    expect(call.sockets.size).toBe(1);
    expect([...call.frames.values()][0]).toBeGreaterThan(100);
    expect(call.events.map(({ type }) => type)).toEqual(expect.arrayContaining(["stream_started", "stream_stopped"]));
    expect(failures(call)).toEqual([]);
  });

  test("comes again over another socket when one breaks off", async () => {
    await control("POST", "/faults", { target: "media", effect: "drop", afterMs: 2000 });
    const call = await talking({ liveCaptions: true });
    await call.until(() => call.sockets.size === 2 && call.live?.media === "open");
    expect([...call.sockets.keys()].map((key) => key.split(".").slice(1).join("."))).toEqual([
      "stream_start.1",
      "stream_start.2",
    ]);
    call.hangUp();
    await call.until(() => call.fact("call.ended") !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(call.sockets.size).toBe(2);
  });

  test("is asked for again when the carrier could not connect", async () => {
    await control("POST", "/faults", { target: "media", effect: "refuse", times: 2 });
    const call = await talking({ liveCaptions: true });
    expect([...call.sockets.keys()][0]).toMatch(/stream_start\.3$/);
    expect(call.events.filter(({ type }) => type === "stream_failed")).toHaveLength(2);
    call.hangUp();
    await call.until(() => call.fact("call.ended") !== undefined);
  });
});

describe("with a carrier on the wire, a call is steered", () => {
  test("on hold and off, its recording paused and resumed, with digits and a sound", async () => {
    const call = await talking();
    call.steer({ action: "play_sound", sound: "chime" });
    call.steer({ action: "hold" });
    call.steer({ action: "pause_recording" });
    await call.until(() => call.fact("recording.paused") !== undefined);
    expect(call.live).toMatchObject({ recording: "paused", held: { by: "usr_test" } });
    call.steer({ action: "resume" });
    call.steer({ action: "resume_recording" });
    call.steer({ action: "send_dtmf", digits: "12w#" });
    await call.until(() => call.facts.filter(({ type }) => type === "call.steered").length === 6);
    expect(call.live).toMatchObject({ recording: "running", held: null, paused: null });
    await call.until(() => call.events.some((event) => event.type === "play_ended" && event.sound === "hold"));
    call.hangUp();
    await call.until(() => call.fact("recording.saved") !== undefined && call.fact("call.ended") !== undefined);
    expect(failures(call)).toEqual([]);
    expect(call.outcomes.filter((outcome) => !outcome.endsWith(" accepted"))).toEqual([]);
  });

  test("to another phone, which it is connected with until the caller leaves", async () => {
    await control("PUT", `/phonebook/${encodeURIComponent(TO)}`, { behaviour: "answer", script: "short" });
    const call = await talking();
    call.steer({ action: "hold" });
    call.steer({ action: "transfer", to: TO });
    await call.until(() => call.live?.transfer?.state === "ringing");
    await call.until(() => call.live?.transfer?.state === "connected");
    await call.until(() => call.live?.held === null);
    await call.until(() => call.fact("call.ended") !== undefined, 20_000);
    expect(call.fact("transfer.ended")).toMatchObject({ to: TO, result: "connected", reason: null });
    expect(call.facts.filter(({ type }) => type === "transfer.ended")).toHaveLength(1);
    expect(call.fact("call.ended")).toMatchObject({ cause: "completed" });
    expect(failures(call)).toEqual([]);
  });

  test("by muting whom it was transferred to, who is heard again later", async () => {
    await control("PUT", `/phonebook/${encodeURIComponent(TO)}`, { behaviour: "answer", script: "order-status" });
    const call = await talking();
    call.steer({ action: "transfer", to: TO });
    await call.until(() => call.live?.transfer?.state === "connected");
    call.steer({ action: "mute" });
    await call.until(() => steeredBy(call, "mute"));
    expect(await mutedParticipants()).toEqual([false, true]);
    call.steer({ action: "unmute" });
    await call.until(() => steeredBy(call, "unmute"));
    expect(await mutedParticipants()).toEqual([false, false]);
    expect(call.live).toMatchObject({ phase: "live", muted: null });
    call.hangUp();
    await call.until(() => call.events.filter(({ type }) => type === "hangup").length === 2);
    expect(failures(call)).toEqual([]);
  });

  test.each([
    ["busy", "The phone was busy."],
    ["rejected", "The call was declined."],
    ["no_answer", "Nobody answered."],
    ["failed", "There is no such number."],
  ])("to a phone that is %s, and goes on without it", async (behaviour, reason) => {
    await control("PUT", `/phonebook/${encodeURIComponent(TO)}`, { behaviour });
    const call = await talking();
    // The people wait while the music plays: otherwise they would be done before the phone has rung long enough.
    call.steer({ action: "hold" });
    call.steer({ action: "transfer", to: TO });
    await call.until(() => call.live?.transfer?.state === "failed");
    expect(call.fact("transfer.ended")).toMatchObject({ result: "failed", reason });
    expect(call.live).toMatchObject({ phase: "live", held: { by: "usr_test" } });
    call.hangUp();
    await call.until(() => call.fact("call.ended") !== undefined);
  });

  test("to a phone that stops ringing when the caller leaves first", async () => {
    await control("PUT", `/phonebook/${encodeURIComponent(TO)}`, { behaviour: "no_answer" });
    const call = await talking();
    call.steer({ action: "transfer", to: TO });
    await call.until(() => call.live?.transfer?.state === "ringing");
    call.hangUp();
    await call.until(() => call.events.filter(({ type }) => type === "hangup").length === 2);
    expect(call.fact("transfer.ended")).toMatchObject({ reason: "The call ended before anybody answered." });
  });
});
