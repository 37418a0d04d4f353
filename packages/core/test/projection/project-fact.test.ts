import { newId } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import type { CallFact } from "../../src/call/fact.ts";
import { beginCall } from "../../src/projection/begin-call.ts";
import { projectFact } from "../../src/projection/project-fact.ts";

const AT = (second: number) => new Date(Date.UTC(2026, 10, 21, 9, 0, second)).toISOString();
const started: Extract<CallFact, { type: "call.started" }> = {
  type: "call.started",
  at: AT(0),
  direction: "inbound",
  carrier: "telnyx",
  carrierSessionId: "session",
  from: "+15550100001",
  to: "+15550100002",
  placedBy: null,
  workspaceId: null,
  numberId: null,
};
const home = { workspaceId: newId("workspace"), numberId: null };
const begun = () => beginCall(started, { callId: newId("call"), room: "telnyx:session", home });
const after = (...facts: CallFact[]) => facts.reduce(projectFact, begun());

const answered: CallFact = { type: "call.answered", at: AT(2) };
const recordingStarted: CallFact = { type: "recording.started", at: AT(3) };
const ended: CallFact = {
  type: "call.ended",
  at: AT(30),
  cause: "completed",
  endedBy: "caller",
  carrierCause: "normal_clearing",
  sipCode: "200",
  answeredMs: 28_000,
};
const saved: CallFact = {
  type: "recording.saved",
  at: AT(31),
  recordingId: newId("recording"),
  carrierLegId: "leg",
  carrierRecordingId: "carrier-recording",
  channels: 2,
  format: "wav",
  startedAt: AT(3),
  endedAt: AT(30),
  url: "https://carrier.example/file.wav",
  callerChannel: 1,
};

describe("the record of a call", () => {
  test("that has its recording after all says no more why it had none", () => {
    const failed: CallFact = { type: "recording.failed", at: AT(30), reason: "The carrier does not know it." };
    expect(after(answered, ended, failed)).toMatchObject({
      recordingState: "failed",
      notRecordedReason: failed.reason,
    });
    expect(after(answered, ended, failed, saved)).toMatchObject({ recordingState: "storing", notRecordedReason: null });
  });

  test("follows it from ringing to its end", () => {
    expect(begun()).toMatchObject({ state: "ringing", recordingState: null });
    expect(after(answered)).toMatchObject({ state: "live", answeredAt: new Date(AT(2)) });
    expect(after(answered, recordingStarted)).toMatchObject({ state: "live", recordingState: "recording" });
    expect(after(answered, recordingStarted, ended)).toMatchObject({
      state: "ended",
      durationMs: 28_000,
      hangupCause: "completed",
      recordingState: "awaited",
    });
    expect(after(answered, recordingStarted, ended, saved)).toMatchObject({ recordingState: "storing" });
  });

  test("does not come back to life by an answer that is told late", () => {
    expect(after(ended, answered)).toMatchObject({ state: "ended", answeredAt: new Date(AT(2)) });
  });

  test("takes the later word about its answer", () => {
    const corrected: CallFact = { type: "call.answered", at: AT(1) };
    expect(after(answered, corrected)).toMatchObject({ state: "live", answeredAt: new Date(AT(1)) });
    expect(after(answered, ended, corrected)).toMatchObject({ state: "ended", answeredAt: new Date(AT(1)) });
  });

  test("takes the later word about its end", () => {
    const corrected: CallFact = { ...ended, cause: "time_limit", at: AT(33) };
    expect(after(ended, corrected)).toMatchObject({ hangupCause: "time_limit", endedAt: new Date(AT(33)) });
  });

  test("keeps a recording that came over the word that it was being made, or failed", () => {
    expect(after(saved, ended, recordingStarted)).toMatchObject({ recordingState: "storing" });
    const failed: CallFact = { type: "recording.failed", at: AT(31), reason: "Internal server error" };
    expect(after(saved, failed)).toMatchObject({ recordingState: "storing", notRecordedReason: null });
    expect(after(recordingStarted, ended, failed)).toMatchObject({
      recordingState: "failed",
      notRecordedReason: "Internal server error",
    });
  });

  test("awaits a recording whose beginning is told after the end", () => {
    expect(after(ended, recordingStarted)).toMatchObject({ recordingState: "awaited" });
  });

  test("counts every notice that came, and those that repeated", () => {
    const kept = (applied: boolean): CallFact => ({
      type: "notice.kept",
      at: AT(1),
      applied,
      flag: null,
      notice: {
        vendor: "telnyx",
        eventId: "e",
        eventType: "call.initiated",
        receivedAt: AT(1),
        callback: {},
        body: "{}",
        verdict: "readable",
      },
    });
    const repeated: CallFact = { type: "notice.repeated", at: AT(1), eventId: "e" };
    expect(after(kept(true), kept(false), repeated)).toMatchObject({
      noticesReceived: 3,
      noticesApplied: 1,
      noticesRepeated: 1,
    });
  });

  test("is not changed by a fact of a later version of the rooms", () => {
    const call = begun();
    const unknown = JSON.parse('{"type":"call.teleported","at":"2026-11-21T09:00:00.000Z"}');
    expect(projectFact(call, unknown)).toEqual(call);
  });
});
