import { AssemblyAI } from "assemblyai";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeWav } from "../src/audio/wav.ts";
import { type Emulators, startEmulators } from "../src/index.ts";
import { BUILT_IN_SCRIPTS } from "../src/script/built-in.ts";
import { type Performance, perform } from "../src/script/perform.ts";
import { door } from "./support/door.ts";
import { openStream, PRO, Streams } from "./support/stream.ts";

/** As the vendor's: a caption comes so long after its word. */
const DELAY_MS = 150;
const CHUNK_MS = 60;

let emulators: Emulators;
let call: Performance;

beforeAll(async () => {
  emulators = await startEmulators({ assemblyai: { processingMs: 10, streaming: { delayMs: DELAY_MS } } });
  call = await perform(BUILT_IN_SCRIPTS.short ?? expect.fail());
});
afterAll(() => emulators.close());

/** What one of the two says, in its time. */
function voice(speaker: "caller" | "agent"): Int16Array {
  const track = new Int16Array(call.length);
  for (const line of call.lines) if (line.speaker === speaker) track.set(line.speech.pcm, line.start);
  return track;
}

test("forty sessions at once keep real time: every word is told, none before its time", async () => {
  const said = {
    caller: ["Hello, is the shop open today?", "Lovely, see you soon."],
    agent: ["Yes, until six this evening."],
  };
  const sessions = Array.from({ length: 40 }, async (_, index) => {
    const speaker = index % 2 === 0 ? "caller" : "agent";
    const stream = openStream(emulators, PRO);
    await stream.waitFor("Begin");
    const began = performance.now();
    await stream.speak(voice(speaker), { chunkMs: CHUNK_MS });
    // Told while they speak, not at the end of all.
    expect(stream.finals[0]?.transcript).toBe(said[speaker][0]);
    expect(await stream.terminate()).toMatchObject({ code: 1000 });
    expect(stream.finals.map(({ transcript }) => transcript)).toEqual(said[speaker]);
    return stream.frames.flatMap((frame) => {
      // A turn ends 100 ms after its last word; the last of all ends with the session.
      const spokenMs = frame.type === "Turn" && frame.end_of_turn ? (frame.words.at(-1)?.end ?? 0) + 100 : null;
      return spokenMs === null ? [] : [frame.arrivedAt - began - spokenMs];
    });
  });
  const lateMs = (await Promise.all(sessions)).flat().sort((a, b) => a - b);
  expect(lateMs.at(0)).toBeGreaterThan(DELAY_MS - 5);
  const { streams } = Streams.parse(await door(emulators.control.url).get("/streams"));
  expect(streams).toHaveLength(40);
  for (const stream of streams) {
    expect(stream).toMatchObject({ closeCode: 1000, isTerminated: true });
    expect(Math.abs(stream.billedMs - stream.audioMs)).toBeLessThan(1500);
  }
});

test("what was told live is what the recording's transcript says", async () => {
  const tracks = [voice("caller"), voice("agent")];
  const live = await Promise.all(
    tracks.map(async (track) => {
      const stream = openStream(emulators, PRO);
      await stream.waitFor("Begin");
      await stream.speak(track, { chunkMs: 100 });
      await stream.terminate();
      return stream.finals.flatMap(({ words }) => words.map(({ text, start, end }) => ({ text, start, end })));
    }),
  );
  const client = new AssemblyAI({ apiKey: emulators.assemblyai.apiKey, baseUrl: emulators.assemblyai.url });
  const audio = Buffer.from(encodeWav(tracks, 8000));
  const { words } = await client.transcripts.transcribe({ audio, multichannel: true }, { pollingInterval: 10 });
  for (const [index, channel] of ["1", "2"].entries()) {
    const exact = words?.filter((word) => word.channel === channel) ?? [];
    expect(live[index]).toEqual(exact.map(({ text, start, end }) => ({ text, start, end })));
  }
});
