import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeMulaw } from "../src/audio/mulaw.ts";
import { type Stage, startStage } from "./support/streamed-call.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

/** A call whose recording was paused for 1.5 s and more while its people talked; the stream went on. */
async function paused(pauseMode: "silence" | "cut") {
  const { id, legId } = await stage.answered({ script: "order-status", pauseMode });
  const socket = await stage.stream(id);
  await stage.actions.startRecording(id, { format: "wav", channels: "dual" });
  await stage.media.until("talk", () => socket.media("inbound").length > 300);
  await stage.actions.pauseRecording(id, {});
  const from = socket.media("inbound").length;
  await stage.media.until("more talk", () => socket.media("inbound").length > from + 75);
  await stage.actions.resumeRecording(id, {});
  await stage.receiver.event("call.hangup", legId);
  await stage.media.until("the end of the socket", () => socket.closed !== undefined);
  const { detail, remote } = await stage.recorded(legId);
  const [recording] = detail.recordings;
  const [stream] = detail.streams;
  const [pause] = recording?.pauses ?? [];
  if (recording === undefined || stream?.startMs == null || pause?.toMs == null) throw new Error("It was paused.");
  const file = Buffer.from(encodeMulaw(remote));
  // What was heard, from where the recording begins; the stream began before it.
  const heard = socket.sound("inbound").subarray((recording.startMs - stream.startMs) * 8);
  const at = (callMs: number) => (callMs - recording.startMs) * 8;
  return { recording, file, heard, first: at(pause.fromMs), last: at(pause.toMs), words: detail.script?.words ?? [] };
}

test("a pause can be silent in the file: it is as long as the recording, and nothing of the pause is in it", async () => {
  const { recording, file, heard, first, last, words } = await paused("silence");
  expect(file.length).toBe(Math.round(((recording.endMs ?? 0) - recording.startMs) * 8));
  expect(file.subarray(0, first).equals(heard.subarray(0, first))).toBe(true);
  expect(file.subarray(first, last).every((byte) => byte === 0xff)).toBe(true);
  expect(heard.subarray(first, last).every((byte) => byte === 0xff)).toBe(false);
  expect(file.subarray(last, heard.length).equals(heard.subarray(last))).toBe(true);
  expect(recording.words.length).toBeLessThan(words.length);
});

test("a pause can be cut out: the file is shorter by it, and its words are where they are in the file", async () => {
  const { recording, file, heard, first, last, words } = await paused("cut");
  const wholeSamples = Math.round(((recording.endMs ?? 0) - recording.startMs) * 8);
  expect(file.length).toBe(wholeSamples - (last - first));
  const whole = Buffer.concat([heard.subarray(0, first), heard.subarray(last)]);
  expect(file.subarray(0, whole.length).equals(whole)).toBe(true);
  const spokenLater = words.findLast(({ speaker }) => speaker === "caller");
  const inFile = recording.words.findLast(({ speaker }) => speaker === "caller");
  const shiftMs = (spokenLater?.startMs ?? 0) - recording.startMs - (inFile?.startMs ?? 0);
  expect(shiftMs).toBeCloseTo((last - first) / 8, 3);
});
