import { newId } from "@earwitness/shared";
import { expect, test } from "vitest";
import { isSettled } from "../../src/call/deadline.ts";
import { decideCall } from "../../src/call/decide-call.ts";
import { initialState } from "../../src/call/machine-state.ts";

test("the room of a call that was made elsewhere passes on what the transcriber reports, and waits for nothing", () => {
  const recordingId = newId("recording");
  const reported = { recordingId, vendorTranscriptionId: "vendor-1", status: "completed" as const };
  const at = "2026-11-21T10:00:00.000Z";
  const decision = decideCall(initialState, {
    n: 1,
    at,
    seed: "",
    event: { type: "transcription_reported", ...reported },
  });
  expect(decision.facts).toEqual([{ type: "transcription.reported", at, ...reported }]);
  expect(decision).toMatchObject({ state: initialState, commands: [], isApplied: true });
  expect(isSettled(decision.state)).toBe(true);
});
