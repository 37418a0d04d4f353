import { type Emulators, startEmulators } from "@earwitness/emulators";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTelnyxRecords, readTelnyxEvent } from "../../src/telephony/index.ts";
import { type RecordedCall, startRecorder } from "../support/recorded-call.ts";

let emulators: Emulators;
let recorder: Awaited<ReturnType<typeof startRecorder>>;
let call: RecordedCall;
const recordsOf = (apiKey = emulators.telnyx.apiKey) =>
  createTelnyxRecords({ baseUrl: emulators.telnyx.url, apiKey, connectionId: emulators.telnyx.connectionId });
const fault = (body: object) =>
  fetch(`${emulators.control.url}/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

beforeAll(async () => {
  emulators = await startEmulators({ telnyx: { pace: 50, numbers: ["+12125550100", "+12125550101"] } });
  recorder = await startRecorder(emulators);
  call = await recorder.ring();
}, 30_000);
afterAll(async () => {
  await emulators.close();
  await recorder.close();
});

describe("what the carrier keeps", () => {
  test("a recording comes with a fresh address that can be fetched", async () => {
    const recording = await recordsOf().recording(call.recordingId);
    expect(recording).toMatchObject({ carrierRecordingId: call.recordingId, carrierLegId: call.legId, channels: 2 });
    expect(recording?.durationMs).toBeGreaterThan(1_000);
    // Instants are told to the millisecond, the duration by the sample: the two may differ by a rounding.
    const spanMs = Date.parse(recording?.endedAt ?? "") - Date.parse(recording?.startedAt ?? "");
    expect(Math.abs(spanMs - (recording?.durationMs ?? 0))).toBeLessThanOrEqual(1);
    const file = await fetch(recording?.urls.wav ?? "");
    expect(file.status).toBe(200);
    await file.body?.cancel();
  });

  test("a leg's recordings are that leg's and no others", async () => {
    const other = await recorder.ring();
    const found = await recordsOf().recordingsOfLeg(call.legId);
    expect(found.map(({ carrierRecordingId }) => carrierRecordingId)).toEqual([call.recordingId]);
    expect(await recordsOf().recordingsOfLeg("00000000-0000-0000-0000-000000000000")).toEqual([]);
    expect(other.legId).not.toBe(call.legId);
  });

  test("a leg that has ended is gone, and one that is not known is nothing", async () => {
    expect(await recordsOf().leg(call.controlId)).toMatchObject({ isAlive: false, endedAt: expect.any(String) });
    expect(await recordsOf().leg("v3:not-a-leg-that-there-ever-was")).toBeNull();
  });

  test("our numbers are those of our application", async () => {
    const numbers = await recordsOf().numbers();
    expect(numbers.map(({ e164 }) => e164).toSorted()).toEqual(["+12125550100", "+12125550101"]);
  });

  test("a recording is deleted, and deleting what is gone is no fault", async () => {
    const { recordingId } = await recorder.ring();
    await recordsOf().deleteRecording(recordingId);
    expect(await recordsOf().recording(recordingId)).toBeNull();
    await recordsOf().deleteRecording(recordingId);
  });

  test("the check proves the key, and says when it is wrong", async () => {
    await expect(recordsOf().check()).resolves.toMatchObject({ message: expect.any(String) });
    await expect(recordsOf("wrong").check()).rejects.toMatchObject({ code: "vendor_failed", retryable: false });
  });

  test("a carrier that is busy says when to come again", async () => {
    await fault({ target: "telnyx", effect: "status", status: 429, retryAfterSecs: 7, match: { path: "/recordings" } });
    await expect(recordsOf().recording(call.recordingId)).rejects.toMatchObject({
      code: "vendor_failed",
      retryable: true,
      retryAfterMs: 7_000,
    });
  });

  test.each(["status", "drop"])("a carrier that fails (%s) is worth asking again", async (effect) => {
    await fault({ target: "telnyx", effect, match: { path: "/recordings" } });
    await expect(recordsOf().recording(call.recordingId)).rejects.toMatchObject({ retryable: true });
    await expect(recordsOf().recording(call.recordingId)).resolves.not.toBeNull();
  });
});

describe("the notices that the carrier lists", () => {
  const listAll = async (from: Date, until: Date) => {
    const listed = [];
    for (let page = 1, pageCount = 1; page <= pageCount; page++) {
      const answer = await recordsOf().notices({ from, until }, page);
      listed.push(...answer.notices);
      pageCount = answer.pageCount;
    }
    return listed;
  };

  test("hold what each said, also one that was lost on its way", async () => {
    await fault({ target: "webhook", effect: "drop", match: { event: "call.hangup" } });
    const from = new Date();
    const lost = await recorder.ring();
    const listLost = async () => (await listAll(from, new Date())).filter(({ body }) => body.includes(lost.legId));
    await expect.poll(async () => (await listLost()).map(({ eventType }) => eventType)).toContain("call.hangup");
    const listed = await listLost();
    expect(listed.map(({ eventType }) => eventType)).toEqual(
      expect.arrayContaining(["call.initiated", "call.answered", "call.recording.saved"]),
    );
    const hangUp = listed.find(({ eventType }) => eventType === "call.hangup");
    // The room that we named when we answered; before, there is the carrier's own name of the call.
    expect(hangUp?.room).toBe("room");
    expect(listed.find(({ eventType }) => eventType === "call.initiated")?.room).toMatch(/^telnyx:/);
    expect(readTelnyxEvent(hangUp?.body ?? "", new Date().toISOString())).toMatchObject({
      type: "hangup",
      leg: { legId: lost.legId },
    });
  });

  test("are those of the time that is asked about", async () => {
    expect(await listAll(new Date("2020-01-01T00:00:00Z"), new Date("2020-01-02T00:00:00Z"))).toEqual([]);
  });
});
