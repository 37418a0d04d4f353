import type { CallRecord } from "@earwitness/core";
import { newId } from "@earwitness/shared";
import { aCall } from "@earwitness/testing/records";
import { describe, expect, test } from "vitest";
import { stagesOf } from "../../src/queries/stages.ts";

const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 9, 0, second));
const failure = { code: "vendor_failed", message: "Gone.", at: at(50).toISOString(), canRetry: true };

type Stages = Parameters<typeof stagesOf>;

/** How the stages of a call read that has come some way. */
function stages(call: Partial<CallRecord>, recording: Stages[1] = null, transcript: Stages[2] = null): string[] {
  const whole = aCall(newId("workspace"), { startedAt: at(0), ...call });
  return stagesOf(whole, recording, transcript).map(({ name, state }) => `${name} ${state}`);
}
const answered = { state: "live", answeredAt: at(2) } as const;
const recorded = { ...answered, announcedAt: at(4), recordingStartedAt: at(5), recordingState: "recording" } as const;
const ended = {
  ...recorded,
  state: "ended",
  endedAt: at(30),
  hangupCause: "completed",
  recordingState: "awaited",
} as const;
const saved = { state: "storing", savedAt: at(31), storedAt: null, failure: null, note: null } as const;
const stored = { ...saved, state: "stored", storedAt: at(33) } as const;
const asked = { state: "transcribing", submittedAt: at(34), completedAt: null, failure: null } as const;

describe("the stages of a call", () => {
  test.each([
    ["rings", stages({}), "answer running, announce waiting, record waiting, end waiting, save waiting"],
    ["is answered", stages(answered), "answer done, announce running, record waiting, end waiting"],
    ["is recorded", stages(recorded), "announce done, record running, end waiting, save waiting"],
    [
      "is recorded without words before",
      stages({ ...recorded, announcedAt: null }),
      "announce skipped, record running",
    ],
    ["has ended", stages(ended), "record done, end done, save running, store waiting, transcribe waiting"],
    ["is saved at the carrier", stages(ended, saved), "save done, store running, transcribe waiting"],
    ["is stored", stages(ended, stored), "store done, transcribe waiting"],
    ["is transcribed", stages(ended, stored, asked), "store done, transcribe running"],
    ["is ready", stages(ended, stored, { ...asked, state: "ready", completedAt: at(40) }), "transcribe done"],
    ["was empty", stages(ended, stored, { ...asked, state: "empty", completedAt: at(40) }), "transcribe done"],
    ["failed to be stored", stages(ended, { ...saved, failure }), "save done, store failed, transcribe skipped"],
    ["failed to be transcribed", stages(ended, stored, { ...asked, state: "failed", failure }), "transcribe failed"],
    [
      "has no recording at the carrier",
      stages({ ...ended, recordingState: "missing" }),
      "save failed, store skipped, transcribe skipped",
    ],
    [
      "was not answered",
      stages({ state: "ended", endedAt: at(20), hangupCause: "no_answer" }),
      "answer skipped, announce skipped, record skipped, end done, save skipped, store skipped, transcribe skipped",
    ],
    [
      "is not to be recorded",
      stages({ ...answered, notRecordedReason: "Recording is off for this number." }),
      "answer done, announce running, record skipped",
    ],
  ])("that %s", (_what, told, expected) => {
    expect(told).toHaveLength(8);
    expect(told.join(", ")).toContain(expected);
  });

  test("tell why: the reason not to record, the cause of the end, the failure", () => {
    const notes = stagesOf(
      aCall(newId("workspace"), { ...ended, hangupCause: "busy", notRecordedReason: "Off." }),
      null,
      null,
    );
    expect(notes.find(({ name }) => name === "end")?.note).toBe("busy");
    expect(notes.find(({ name }) => name === "record")?.note).toBe("Off.");
    const failed = stagesOf(aCall(newId("workspace"), ended), { ...saved, failure }, null);
    expect(failed.find(({ name }) => name === "store")).toEqual({
      name: "store",
      state: "failed",
      at: failure.at,
      note: "Gone.",
    });
  });
});
