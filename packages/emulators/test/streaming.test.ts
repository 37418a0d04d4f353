import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulators, startEmulators } from "../src/index.ts";
import { BUILT_IN_SCRIPTS } from "../src/script/built-in.ts";
import { perform } from "../src/script/perform.ts";
import { type Speech, synthesise } from "../src/speech/speech.ts";
import { UNRECOGNISED } from "../src/speech/unknown-sound.ts";
import { door } from "./support/door.ts";
import { openStream, PRO, Streams, type Turn, UNIVERSAL } from "./support/stream.ts";

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

describe("what the client may say", () => {
  test("ForceEndpoint ends the turn where it is", async () => {
    const stream = openStream(emulators, PRO);
    await stream.waitFor("Begin");
    const third = two.words[2]?.end ?? 0;
    await stream.speak(join(two.pcm.subarray(0, third), silence(50)), { pace: PACE });
    stream.say({ type: "ForceEndpoint" });
    await expect.poll(() => stream.finals.map(({ transcript }) => transcript)).toEqual(["The parcel is"]);
    await stream.terminate();
  });

  test("UpdateConfiguration changes how turns end, and is seen at the control door", async () => {
    const stream = openStream(emulators, { ...PRO, keyterms_prompt: '["Acme"]' });
    await stream.waitFor("Begin");
    stream.say({ type: "UpdateConfiguration", min_turn_silence: 500, keyterms_prompt: ["IBAN"], language_codes: [] });
    // The pause between the two sentences is 300 ms.
    await stream.speak(join(two.pcm, silence(600)), { pace: PACE });
    await stream.terminate();
    expect(stream.finals.map(({ transcript }) => transcript)).toEqual([two.text]);
    const { streams } = Streams.parse(await door(emulators.control.url).get("/streams"));
    expect(streams.at(-1)?.parameters).toEqual({
      ...PRO,
      keyterms_prompt: ["IBAN"],
      min_turn_silence: 500,
      language_codes: [],
    });
  });
});

describe("partials of a Pro model", () => {
  const early = (turns: readonly Turn[]) => turns.filter((turn) => !turn.end_of_turn).length;

  test.each([
    ["0", "The"],
    ["500", "The parcel is on"],
  ])("one comes early in unbroken speech, 300 ms after an interruption_delay of %s", async (delay, told) => {
    const sentence = join(two.pcm.subarray(0, two.words[5]?.end), silence(400));
    const { stream } = await hear(sentence, { ...PRO, interruption_delay: delay });
    expect(stream.turns.map(({ transcript }) => transcript)).toEqual([told, "The parcel is on its way."]);
    expect(stream.frames[1]).toMatchObject({ type: "SpeechStarted", timestamp: stream.turns[0]?.words[0]?.start });
  });

  test("none without include_partial_turns; steady ones with continuous_partials", async () => {
    const long = await synthesise(
      "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
      {
        name: "en-us",
        pitch: 47,
      },
    );
    const pcm = join(long.pcm, silence(1200));
    const [none, usual, steady] = await Promise.all([
      hear(pcm, { ...PRO, include_partial_turns: "false" }),
      hear(pcm, { ...PRO, min_turn_silence: "1000" }),
      hear(pcm, { ...PRO, min_turn_silence: "1000", continuous_partials: "true" }),
    ]);
    expect(early(none.stream.turns)).toBe(0);
    expect(early(usual.stream.turns)).toBe(1);
    expect(early(steady.stream.turns)).toBe(1 + Math.floor((long.pcm.length / 8 - 800) / 3000));
    expect(steady.stream.finals.map(({ transcript }) => transcript)).toEqual([long.text]);
  });
});

test("language_detection says in which language a turn was spoken, when it ends", async () => {
  const spanish = await synthesise("Buenos días, quiero reservar una mesa.", { name: "es", pitch: 40 });
  const pcm = join(two.pcm, silence(300), spanish.pcm, silence(300));
  const { stream } = await hear(pcm, { ...PRO, language_detection: "true" });
  expect(stream.finals.map(({ language_code, language_confidence }) => [language_code, language_confidence])).toEqual([
    ["en", 0.99],
    ["en", 0.99],
    ["es", 0.99],
  ]);
  expect(stream.turns.filter((turn) => !turn.end_of_turn && "language_code" in turn)).toEqual([]);
  const silent = await hear(pcm, PRO);
  expect(silent.stream.finals.some((turn) => "language_code" in turn)).toBe(false);
});

test("PCM is heard as µ-law is; lost audio takes its words, doubled audio doubles them", async () => {
  const words = two.words;
  const at = (index: number, edge: "start" | "end") => words[index]?.[edge] ?? expect.fail();
  const stream = openStream(emulators, { ...PRO, encoding: "pcm_s16le" });
  await stream.waitFor("Begin");
  const lost = join(two.pcm.subarray(0, at(1, "end")), two.pcm.subarray(at(3, "start")));
  const doubled = join(two.pcm.subarray(0, at(7, "end")), two.pcm.subarray(at(6, "start")));
  await stream.speak(join(lost, silence(1300), doubled, silence(400)), { pace: PACE, encoding: "pcm_s16le" });
  await stream.terminate();
  expect(stream.finals.map(({ transcript }) => transcript).join(" ")).toBe(
    "The parcel on its way. It arrives on Monday, I think. The parcel is on its way. It arrives It arrives on Monday, I think.",
  );
});

test("music and noise keep no turn open, and are told as what they are", async () => {
  const tone = new Int16Array(3 * 8000).map((_, i) => 5000 * Math.sin(i / 3));
  const stream = openStream(emulators, PRO);
  await stream.waitFor("Begin");
  const [sentence] = [two.pcm.subarray(0, two.words[5]?.end)];
  await stream.speak(join(sentence, tone.subarray(0, 8 * 1500)), { pace: PACE });
  await expect.poll(() => stream.finals.map(({ transcript }) => transcript)).toEqual(["The parcel is on its way."]);
  await stream.speak(join(tone.subarray(8 * 1500), silence(300)), { pace: PACE });
  await stream.terminate();
  expect(stream.finals.map(({ transcript }) => transcript)).toEqual(["The parcel is on its way.", UNRECOGNISED]);
});
