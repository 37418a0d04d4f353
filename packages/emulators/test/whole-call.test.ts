import { createHash } from "node:crypto";
import { AssemblyAI } from "assemblyai";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulators, startEmulators } from "../src/index.ts";
import { type AnsweringApp, startAnsweringApp } from "./support/answering-app.ts";
import { type CallDetail, door } from "./support/door.ts";

let emulators: Emulators;
let app: AnsweringApp;

beforeAll(async () => {
  emulators = await startEmulators({
    telnyx: { pace: 50, conversationGraceMs: 30_000 },
    assemblyai: { processingMs: 20 },
  });
  app = await startAnsweringApp(emulators);
});
afterAll(async () => {
  await emulators.close();
  await app.close();
});

/** Follows one call from its ringing to its transcript; what was spoken and what was understood. */
async function follow(script: string): Promise<{ truth: CallDetail; bytes: Uint8Array; words: Understood[] }> {
  const { call, detail } = door(emulators.control.url);
  const { callSessionId } = await call({ script });
  const saved = await app.event("call.recording.saved", callSessionId);
  const truth = await detail(callSessionId);
  const url = saved.recording_urls?.wav ?? "";
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const client = new AssemblyAI({ apiKey: emulators.assemblyai.apiKey, baseUrl: emulators.assemblyai.url });
  const transcript = await client.transcripts.transcribe({ audio: url, multichannel: true }, { pollingInterval: 20 });
  expect(transcript.error).toBeUndefined();
  return { truth, bytes, words: transcript.words ?? [] };
}

interface Understood {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly channel?: string | null;
}

function expectSameWords(words: readonly Understood[], { recordings }: CallDetail): void {
  const spoken = recordings[0]?.words ?? [];
  expect(words.map((word) => word.text)).toEqual(spoken.map((word) => word.text));
  words.forEach((word, index) => {
    const said = spoken[index];
    expect(Math.abs(word.start - (said?.startMs ?? Number.NaN))).toBeLessThanOrEqual(50);
    expect(Math.abs(word.end - (said?.endMs ?? Number.NaN))).toBeLessThanOrEqual(50);
    expect(word.channel).toBe(said?.speaker === "caller" ? "1" : "2");
  });
}

test("a call in is answered, announced, recorded and transcribed to the words that were spoken", async () => {
  const { truth, bytes, words } = await follow("short");
  const recording = truth.recordings[0];
  expect(bytes.length).toBe(recording?.sizeBytes);
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(recording?.sha256);
  expect(words).toHaveLength(15);
  expectSameWords(words, truth);
});

test("a call in Spanish is understood in Spanish", async () => {
  const { truth, words } = await follow("reserva");
  expect(words.map((word) => word.text)).toContain("mañana.");
  expectSameWords(words, truth);
});

test("twenty calls at once lose nothing", async () => {
  const calls = await Promise.all(Array.from({ length: 20 }, () => follow("short")));
  for (const { truth, words } of calls) expectSameWords(words, truth);
  expect(new Set(calls.map(({ truth }) => truth.callSessionId)).size).toBe(20);
});

test("what a file says instead of a script comes back as unrecognised, on the caller's channel alone", async () => {
  const { call, detail } = door(emulators.control.url);
  const noise = new Int16Array(16_000).map((_, i) => 6000 * Math.sin(i * (0.2 + (i % 400) / 2000)));
  const { encodeWav } = await import("../src/audio/wav.ts");
  const wav = Buffer.from(encodeWav([noise], 8000)).toString("base64");
  const { callSessionId } = await call({ wav });
  const saved = await app.event("call.recording.saved", callSessionId);
  const client = new AssemblyAI({ apiKey: emulators.assemblyai.apiKey, baseUrl: emulators.assemblyai.url });
  const transcript = await client.transcripts.transcribe(
    { audio: saved.recording_urls?.wav ?? "", multichannel: true },
    { pollingInterval: 20 },
  );
  expect(transcript.words?.map(({ text, channel }) => [text, channel])).toEqual([["[unrecognised speech]", "1"]]);
  expect((await detail(callSessionId)).script?.words).toEqual([]);
});
