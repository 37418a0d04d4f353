import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulators, startEmulators } from "../src/index.ts";
import { BUILT_IN_SCRIPTS } from "../src/script/built-in.ts";
import { perform } from "../src/script/perform.ts";
import { type Speech, synthesise } from "../src/speech/speech.ts";
import { openStream, PRO, UNIVERSAL } from "./support/stream.ts";

/** Sessions here are sent their audio ten times faster than it was spoken. */
const PACE = 10;
const DELAY_MS = 20;

let emulators: Emulators;
let two: Speech;

beforeAll(async () => {
  emulators = await startEmulators({ assemblyai: { streaming: { pace: PACE, delayMs: DELAY_MS } } });
  two = await synthesise("The parcel is on its way. It arrives on Monday, I think.", { name: "en-us", pitch: 43 });
});
afterAll(() => emulators.close());

const silence = (ms: number) => new Int16Array(ms * 8);
const join = (...parts: readonly Int16Array[]) => Int16Array.from(parts.flatMap((part) => [...part]));

async function hear(pcm: Int16Array, params: Readonly<Record<string, string>>, chunkMs = 100) {
  const stream = openStream(emulators, params);
  await stream.waitFor("Begin");
  await stream.speak(pcm, { chunkMs, pace: PACE });
  return { stream, closed: await stream.terminate() };
}

describe("a session of a Pro model", () => {
  test("begins, tells its turns and ends when asked", async () => {
    const { stream, closed } = await hear(join(silence(400), two.pcm, silence(500)), PRO);
    expect(closed).toEqual({ code: 1000, reason: "" });
    const [begin] = stream.frames;
    expect(begin).toMatchObject({ type: "Begin", configuration: { model: "universal-3-5-pro", mode: "balanced" } });
    expect(stream.finals.map(({ turn_order, transcript }) => [turn_order, transcript])).toEqual([
      [0, "The parcel is on its way."],
      [1, "It arrives on Monday, I think."],
    ]);
    expect(stream.frames.at(-1)).toMatchObject({
      type: "Termination",
      audio_duration_seconds: Math.round((900 + two.pcm.length / 8) / 1000),
    });
  });

  test("words lie where they were sent, in milliseconds from the first byte", async () => {
    const { stream } = await hear(join(silence(730), two.pcm, silence(300)), PRO, 60);
    const words = stream.finals.flatMap((turn) => turn.words);
    expect(words.map(({ text }) => text)).toEqual(two.words.map(({ text }) => text));
    words.forEach((word, index) => {
      expect(Math.abs(word.start - 730 - (two.words[index]?.start ?? 0) / 8)).toBeLessThanOrEqual(10);
      expect(Math.abs(word.end - 730 - (two.words[index]?.end ?? 0) / 8)).toBeLessThanOrEqual(10);
    });
  });
});

describe("a session of a Universal-Streaming model", () => {
  test("tells word by word; what is final never changes", async () => {
    const { stream } = await hear(join(two.pcm, silence(1000)), { ...UNIVERSAL, format_turns: "true" });
    const plain = stream.turns.filter((turn) => !turn.turn_is_formatted);
    for (const [index, turn] of plain.entries()) {
      const next = plain[index + 1];
      if (next?.turn_order !== turn.turn_order) continue;
      const final = turn.words.filter((word) => word.word_is_final);
      expect(turn.transcript).toBe(final.map(({ text }) => text).join(" "));
      expect(next.words.slice(0, final.length)).toEqual(final);
    }
    expect(stream.finals.map(({ transcript }) => transcript).join(" ")).toBe(two.text);
  });
});

test.each(["order-status", "complaint", "reserva"])(
  "both voices of %s, each by its own session, are the script",
  async (name) => {
    const { lines, length } = await perform(BUILT_IN_SCRIPTS[name] ?? expect.fail(name));
    const voices = ["caller", "agent"].map(async (speaker) => {
      const track = new Int16Array(length);
      for (const line of lines) if (line.speaker === speaker) track.set(line.speech.pcm, line.start);
      const { stream } = await hear(track, PRO, 80);
      const said = lines.filter((line) => line.speaker === speaker).map(({ text }) => text);
      expect(stream.finals.map(({ transcript }) => transcript).join(" ")).toBe(said.join(" "));
    });
    await Promise.all(voices);
  },
);

describe("pauses", () => {
  test("a Pro model tells one partial in a pause, none of its words final, and ends a turn late where no sentence ends", async () => {
    const [head, tail] = [two.words[4], two.words[5]];
    if (head === undefined || tail === undefined) throw new Error("It has more words.");
    const pcm = join(two.pcm.subarray(0, head.end), silence(600), two.pcm.subarray(tail.start), silence(400));
    const { stream } = await hear(pcm, { ...PRO, interruption_delay: "1000" });
    const [first, ...others] = stream.turns.filter((turn) => turn.turn_order === 0);
    expect(first).toMatchObject({ transcript: "The parcel is on its", end_of_turn: false, utterance: "" });
    expect(first?.words.some((word) => word.word_is_final)).toBe(false);
    expect(others.map(({ transcript, end_of_turn }) => [transcript, end_of_turn])).toEqual([
      [two.text.split(" It")[0], true],
    ]);
    const impatient = await hear(pcm, { ...PRO, max_turn_silence: "500" });
    expect(
      impatient.stream.finals.map(({ transcript, end_of_turn_confidence }) => [transcript, end_of_turn_confidence]),
    ).toEqual([
      ["The parcel is on its", 0],
      ["way.", 1],
      ["It arrives on Monday, I think.", 1],
    ]);
  });
});
