import { createHash } from "node:crypto";
import { AssemblyAI } from "assemblyai";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulators, startEmulators } from "../src/index.ts";
import { type AnsweringApp, startAnsweringApp } from "./support/answering-app.ts";
import { door } from "./support/door.ts";

let emulators: Emulators;
let app: AnsweringApp;

beforeAll(async () => {
  emulators = await startEmulators({ telnyx: { pace: 20 }, assemblyai: { processingMs: 50 } });
  app = await startAnsweringApp(emulators);
});
afterAll(async () => {
  await emulators.close();
  await app.close();
});

test("a call in is answered, announced, recorded and transcribed to the words that were spoken", async () => {
  const { call, detail } = door(emulators.control.url);
  const { callSessionId } = await call({ script: "short" });
  const saved = await app.event("call.recording.saved");
  const truth = await detail(callSessionId);
  const url = String(Reflect.get(saved.body.data.payload["recording_urls"] ?? {}, "wav"));
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const recording = truth.recordings[0];
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(recording?.sha256);
  expect(bytes.length).toBe(recording?.sizeBytes);

  const client = new AssemblyAI({ apiKey: emulators.assemblyai.apiKey, baseUrl: emulators.assemblyai.url });
  const transcript = await client.transcripts.transcribe({ audio: url, multichannel: true }, { pollingInterval: 20 });
  expect(transcript.error).toBeUndefined();
  const words = transcript.words ?? [];
  expect(words.map((word) => word.text)).toEqual(recording?.words.map((word) => word.text));
  expect(words.length).toBeGreaterThan(10);
  words.forEach((word, index) => {
    const spoken = recording?.words[index];
    expect(Math.abs(word.start - (spoken?.startMs ?? Number.NaN))).toBeLessThanOrEqual(50);
    expect(Math.abs(word.end - (spoken?.endMs ?? Number.NaN))).toBeLessThanOrEqual(50);
    expect(word.channel).toBe(spoken?.speaker === "caller" ? "1" : "2");
  });
});
