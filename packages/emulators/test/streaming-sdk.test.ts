import { setTimeout as sleep } from "node:timers/promises";
import { AssemblyAI, type StreamingTranscriberParams, type TurnEvent } from "assemblyai";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { encodeMulaw } from "../src/audio/mulaw.ts";
import { type Emulators, startEmulators } from "../src/index.ts";
import { type Speech, synthesise } from "../src/speech/speech.ts";
import { door } from "./support/door.ts";
import { type SecureFront, startSecureFront } from "./support/secure-front.ts";
import { Streams } from "./support/stream.ts";

let emulators: Emulators;
let front: SecureFront;
let client: AssemblyAI;
let speech: Speech;

beforeAll(async () => {
  emulators = await startEmulators({ assemblyai: { streaming: { pace: 10, delayMs: 20 } } });
  front = await startSecureFront(emulators.assemblyai.url);
  client = new AssemblyAI({ apiKey: emulators.assemblyai.apiKey, streamingBaseUrl: emulators.assemblyai.url });
  speech = await synthesise("Your table is ready. Please follow me.", { name: "en-us", pitch: 44 });
});
afterAll(async () => {
  await front.close();
  await emulators.close();
});

const params = {
  speechModel: "universal-3-5-pro",
  sampleRate: 8000,
  encoding: "pcm_mulaw",
  maxConnectionRetries: 0,
} as const;

/** Speaks to the official client's transcriber and returns the turns that it tells. */
async function transcribe(options: Partial<StreamingTranscriberParams> = {}): Promise<TurnEvent[]> {
  const transcriber = client.streaming.transcriber({ ...params, websocketBaseUrl: `${front.url}/v3/ws`, ...options });
  const turns: TurnEvent[] = [];
  transcriber.on("turn", (turn) => turns.push(turn));
  transcriber.on("error", (error) => {
    throw error;
  });
  const begin = await transcriber.connect();
  expect(begin.expires_at * 1000).toBeGreaterThan(Date.now());
  const audio = encodeMulaw(Int16Array.from([...speech.pcm, ...new Int16Array(8000)]));
  for (let at = 0; at + 800 <= audio.length; at += 800) {
    transcriber.sendAudio(audio.slice(at, at + 800).buffer);
    await sleep(10);
  }
  // Waits for the `Termination`.
  await transcriber.close();
  return turns;
}

test("the official client hears both turns of a Pro model, in its own types", async () => {
  const turns = await transcribe({ keytermsPrompt: ["corner table", "Ana & Co."], languageDetection: true });
  const finals = turns.filter((turn) => turn.end_of_turn);
  expect(finals.map(({ transcript }) => transcript)).toEqual(["Your table is ready.", "Please follow me."]);
  const { streams } = Streams.parse(await door(emulators.control.url).get("/streams"));
  expect(streams.at(-1)).toMatchObject({ closeCode: 1000, closedBy: "server", isTerminated: true, turnsEnded: 2 });
  expect(streams.at(-1)?.parameters.keyterms_prompt).toBe('["corner table","Ana & Co."]');
  expect(finals[0]).toMatchObject({ language_code: "en", language_confidence: 0.99, turn_is_formatted: true });
});

test("the official client hears the formatted turns of Universal-Streaming", async () => {
  const turns = await transcribe({ speechModel: "universal-streaming-english", formatTurns: true });
  const formatted = turns.filter((turn) => turn.turn_is_formatted);
  expect(formatted.map(({ transcript }) => transcript).join(" ")).toBe(speech.text);
  expect(turns.some((turn) => turn.end_of_turn && turn.transcript === "your table is ready")).toBe(false);
  expect(turns.length).toBeGreaterThan(speech.words.length);
});

test("a temporary token opens one session, once", async () => {
  const token = await client.streaming.createTemporaryToken({ expires_in_seconds: 60 });
  expect((await transcribe({ token })).length).toBeGreaterThan(0);
  await expect(transcribe({ token })).rejects.toThrow("Unauthorized Connection: Invalid token");
});

test("a wrong key is refused after the upgrade, by the message that the client reports", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  await expect(transcribe({ apiKey: "wrong" })).rejects.toThrow("Unauthorized Connection: Invalid API key");
  warn.mockRestore();
});
