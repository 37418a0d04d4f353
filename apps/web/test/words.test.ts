import { type CallView, newId, type UtteranceView } from "@earwitness/shared";
import { expect, test } from "vitest";
import { awaitedSound, awaitedWords } from "../src/features/call/awaited.ts";
import { findWords } from "../src/features/call/transcript/find-words.ts";
import { buildTurns } from "../src/features/call/transcript/turns.ts";
import { holdSteady, orderOf } from "../src/features/calls/hold-steady.ts";
import { sampleCall } from "../src/features/pieces/samples.ts";

function said(text: string, startMs: number): UtteranceView {
  const words = text
    .split(" ")
    .map((word, i) => ({ text: word, startMs: startMs + i, endMs: startMs + i + 1, confidence: 1 }));
  const id = newId("utterance");
  return {
    id,
    speaker: `${startMs}`,
    party: "caller",
    channel: 1,
    startMs,
    endMs: startMs + 99,
    confidence: 1,
    text,
    words,
  };
}
const turns = buildTurns([said("It says E3, and the furnace clicks.", 0), said("The Furnace? Café furnishings!", 100)]);

test("a phrase is found word by word, whatever its case, accents and punctuation, the last word from its beginning", () => {
  expect(findWords(turns, "the FURN")).toEqual([
    [4, 5],
    [7, 8],
  ]);
  expect(findWords(turns, "e3 and")).toEqual([[2, 3]]);
  expect(findWords(turns, "cafe")).toEqual([[9]]);
});

test("a phrase does not run over from one turn into the next, and one letter asks for nothing", () => {
  expect(findWords(turns, "clicks the")).toEqual([]);
  expect(findWords(turns, "t")).toEqual([]);
  expect(findWords(turns, " ?! ")).toEqual([]);
});

const stored: CallView["recordings"] = [
  {
    id: newId("recording"),
    callId: newId("call"),
    state: "stored",
    channels: 2,
    durationMs: 1_000,
    sizeBytes: 1,
    sha256: "0",
    contentType: "audio/wav",
    r2Key: "k",
    carrierRecordingId: null,
    startedAt: null,
    endedAt: null,
    storedAt: "2026-11-19T15:16:32.000Z",
    failure: null,
    callerChannel: 1,
  },
];
const failure = { code: "vendor_failed", message: "404 three times", at: "2026-11-19T15:16:32.000Z", canRetry: true };

test("while there is no sound, the page says what is awaited and since when", () => {
  const ringing = sampleCall({ state: "ringing", answeredAt: null, recordingState: null });
  expect(awaitedSound(ringing)).toMatchObject({ title: "Ringing", since: ringing.startedAt });
  const live = sampleCall({ state: "live", recordingState: "recording" });
  expect(awaitedSound(live)).toMatchObject({ title: "On the line, recording", since: live.answeredAt });
  const storing = sampleCall({ recordingState: "storing" });
  expect(awaitedSound(storing)).toMatchObject({ since: storing.endedAt, retry: null });
});

test("a failed recording names its cause and can be tried again; one that cannot is not offered to be", () => {
  const [recording] = stored;
  if (!recording) throw new Error("no sample");
  const failed = (canRetry: boolean) =>
    sampleCall({
      recordingState: "failed",
      recordings: [{ ...recording, state: "failed", failure: { ...failure, canRetry } }],
    });
  expect(awaitedSound(failed(true))).toMatchObject({ failure, retry: "recording" });
  expect(awaitedSound(failed(false))?.retry).toBeNull();
});

test("with sound, only the words are awaited", () => {
  const call = sampleCall({ recordings: stored, transcriptState: "transcribing" });
  expect(awaitedSound(call)).toBeNull();
  expect(awaitedWords(call)).toMatchObject({ title: "Writing the words", since: stored[0]?.storedAt });
  expect(awaitedWords({ ...call, transcriptState: "failed", transcriptFailure: failure })).toMatchObject({
    failure,
    retry: "transcript",
  });
  expect(awaitedWords({ ...call, transcriptState: "ready" })).toBeNull();
  expect(awaitedWords({ ...call, transcriptState: "empty" })).toMatchObject({
    title: "Nobody spoke",
    retry: "transcript",
  });
});

const call = (over: Partial<CallView>) => sampleCall({ id: newId("call"), ...over });

test("a list under the hand keeps its places; newer calls wait, older ones are added, changes show", () => {
  const [a, b] = [call({}), call({ state: "live" })];
  const held = orderOf([a, b]);
  const newer = call({ state: "ringing" });
  const older = call({});
  const ended = { ...b, state: "ended" as const };
  const steady = holdSteady(held, [newer, a, ended, older]);
  expect(steady.calls).toEqual([a, ended, older]);
  expect(steady.waiting).toBe(1);
  expect(held.live.has(b.id)).toBe(true);
});

test("a call that left the list leaves it under the hand as well", () => {
  const [a, b] = [call({}), call({})];
  expect(holdSteady(orderOf([a, b]), [b])).toEqual({ calls: [b], waiting: 0 });
});
