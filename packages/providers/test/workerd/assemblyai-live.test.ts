import type { LiveClosure, LiveTranscriberEvent, LiveTurn } from "@earwitness/core";
import { afterEach, describe, expect, inject, test } from "vitest";
import { z } from "zod";
import { createAssemblyAiLiveTranscriber } from "../../src/transcriber/index.ts";

const { transcriber, pace, words: said, audio: base64 } = inject("spoken");
const { url, apiKey, controlUrl } = transcriber;
const sound = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

const PACK_MS = 100;
const PACK_BYTES = PACK_MS * 8;

const Streams = z.object({
  streams: z.array(
    z.object({
      id: z.string(),
      parameters: z.record(z.string(), z.unknown()),
      closedAt: z.string().nullable(),
      isTerminated: z.boolean(),
    }),
  ),
});

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(controlUrl + path, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text === "" ? null : JSON.parse(text);
}
const strike = (fault: object) => control("POST", "/faults", { target: "streaming", ...fault });
afterEach(() => control("DELETE", "/faults"));

/** A session, and all that it told. */
function open({ key = apiKey, language = null as string | null, keyTerms = [] as string[] } = {}) {
  const events: LiveTranscriberEvent[] = [];
  const waiting = new Set<() => void>();
  const streamingUrl = url.replace("http", "ws");
  const session = createAssemblyAiLiveTranscriber({ streamingUrl, apiKey: key }).open(
    { language, keyTerms },
    (event) => {
      events.push(event);
      for (const look of waiting) look();
    },
  );
  const until = (type: LiveTranscriberEvent["type"]) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!events.some((event) => event.type === type)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const turns = (): LiveTurn[] => events.flatMap((event) => (event.type === "turn" ? [event.turn] : []));
  return {
    session,
    events,
    until,
    turns,
    finals: () => turns().filter(({ isFinal }) => isFinal),
    closures: (): LiveClosure[] => events.flatMap((event) => (event.type === "closed" ? [event.closure] : [])),
    async speak(fromMs = 0, untilMs = sound.length / 8) {
      const started = performance.now();
      for (let at = fromMs; at < untilMs; at += PACK_MS) {
        const dueMs = (at + PACK_MS - fromMs) / pace;
        await new Promise((next) => setTimeout(next, Math.max(0, started + dueMs - performance.now())));
        const pack = sound.slice(at * 8, at * 8 + PACK_BYTES);
        if (pack.length === PACK_BYTES) session.send(pack);
      }
    },
  };
}

async function streamOf(events: readonly LiveTranscriberEvent[]) {
  const id = events.find((event) => event.type === "begun")?.sessionId;
  const { streams } = Streams.parse(await control("GET", "/streams"));
  return streams.find((stream) => stream.id === id);
}

describe("a session at AssemblyAI", () => {
  test("hears word for word what was said, where it was said, and ends when it is told to", async () => {
    const { session, until, speak, turns, finals, closures, events } = open({ language: "en-US" });
    await until("begun");
    await speak();
    session.finish();
    await until("closed");
    const heard = finals().flatMap(({ words }) => words);
    expect(heard.map(({ text }) => text)).toEqual(said.map(({ text }) => text));
    for (const [i, word] of heard.entries()) {
      expect(Math.abs(word.startMs - (said[i]?.startMs ?? Number.NaN))).toBeLessThanOrEqual(20);
      expect(word.isFinal).toBe(true);
    }
    expect(finals().map(({ order }) => order)).toEqual(finals().map((_, i) => i));
    expect(turns().length).toBeGreaterThan(said.length / 2);
    expect(closures()).toEqual([expect.objectContaining({ kind: "finished", code: 1000 })]);
    expect(events.at(-1)?.type).toBe("closed");
    expect(await streamOf(events)).toMatchObject({ isTerminated: true, closedAt: expect.any(String) });
  });

  test("says words while they are spoken, each time all of them, and never fewer", async () => {
    const { session, until, speak, turns } = open({ language: "en-US" });
    await until("begun");
    await speak();
    const first = turns().filter(({ order, isFinal }) => order === 0 && !isFinal);
    expect(first.length).toBeGreaterThan(1);
    const lengths = first.map(({ words }) => words.length);
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    session.finish();
    await until("closed");
  });

  test("is told the language and the words to expect, and no more of them than it takes", async () => {
    const keyTerms = Array.from({ length: 120 }, (_, i) => `Term ${i}`);
    const { session, until, events } = open({ language: "es-MX", keyTerms });
    await until("begun");
    expect((await streamOf(events))?.parameters).toMatchObject({
      speech_model: "universal-streaming-multilingual",
      encoding: "pcm_mulaw",
      sample_rate: "8000",
      format_turns: "true",
      language_detection: "true",
      inactivity_timeout: expect.any(String),
      keyterms_prompt: JSON.stringify(keyTerms.slice(0, 100)),
    });
    session.finish();
    await until("closed");
  });

  test("finds out the language where none is told", async () => {
    const { session, until, speak, finals } = open();
    await until("begun");
    await speak();
    session.finish();
    await until("closed");
    expect(new Set(finals().map(({ language }) => language))).toEqual(new Set(["en"]));
  });

  test("that is given up is ended at the vendor too, and says nothing more", async () => {
    const { session, until, speak, events, closures } = open();
    await until("begun");
    await speak(0, 1_000);
    session.abort("Enough.");
    expect(closures()).toEqual([expect.objectContaining({ kind: "lost", message: "Enough." })]);
    await expect.poll(async () => (await streamOf(events))?.isTerminated).toBe(true);
    session.send(new Uint8Array(PACK_BYTES));
    session.finish();
    expect(events.at(-1)?.type).toBe("closed");
    expect(closures()).toHaveLength(1);
  });

  test("that is given up before it began leaves nothing open at the vendor", async () => {
    const before = Streams.parse(await control("GET", "/streams")).streams.length;
    const { session, closures } = open();
    session.abort("Too early.");
    expect(closures()).toHaveLength(1);
    const open_ = async () =>
      Streams.parse(await control("GET", "/streams"))
        .streams.slice(before)
        .map(({ closedAt }) => closedAt !== null);
    await expect.poll(open_, { timeout: 5_000 }).toEqual([true]);
  });
});

describe("why a session is over", () => {
  const MEANINGS: [number, LiveClosure["kind"], LiveClosure["again"]][] = [
    [1008, "refused", "never"],
    [3005, "lost", "at_once"],
    [3006, "refused", "later"],
    [3007, "lost", "later"],
    [3008, "limit", "at_once"],
    [3009, "refused", "later"],
    [4029, "refused", "later"],
    [4031, "lost", "at_once"],
  ];
  test.each(MEANINGS)("is told for the close code %i", async (code, kind, again) => {
    await strike({ effect: "close", code, message: "As the test has it", afterMs: 300 });
    const { until, speak, closures } = open();
    await until("begun");
    await speak(0, 1_000);
    await until("closed");
    expect(closures()).toEqual([{ kind, again, code, message: "As the test has it" }]);
  });

  test("is told for a connection that broke", async () => {
    await strike({ effect: "close", afterMs: 300 });
    const { until, speak, closures } = open();
    await until("begun");
    await speak(0, 1_000);
    await until("closed");
    expect(closures()).toEqual([expect.objectContaining({ kind: "lost", again: "at_once", code: 1006 })]);
  });

  test.each([
    [401, "never"],
    [429, "later"],
    [500, "later"],
  ])("is told for the HTTP status %i", async (status, again) => {
    await strike({ effect: "refuse", status });
    const { until, closures } = open();
    await until("closed");
    expect(closures()).toEqual([expect.objectContaining({ kind: "refused", code: status, again })]);
  });

  test("is told for a wrong key", async () => {
    const { until, closures } = open({ key: "wrong" });
    await until("closed");
    expect(closures()).toEqual([expect.objectContaining({ kind: "refused", again: "never" })]);
  });

  test("is told for a vendor that does not end in time", async () => {
    await strike({ effect: "stall", delayMs: 0, afterMs: 500 });
    const { session, until, speak, closures } = open();
    await until("begun");
    await speak(0, 1_000);
    session.finish();
    await until("closed");
    expect(closures()).toEqual([expect.objectContaining({ kind: "lost", code: 1006 })]);
  }, 10_000);
});
