import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Emulators, startEmulators } from "../src/index.ts";
import { type Speech, synthesise } from "../src/speech/speech.ts";
import { door } from "./support/door.ts";
import { openStream, PRO, type Stream, Streams } from "./support/stream.ts";

const PACE = 10;

let emulators: Emulators;
let control: ReturnType<typeof door>;
let speech: Speech;

beforeAll(async () => {
  emulators = await startEmulators({ assemblyai: { streaming: { pace: PACE, delayMs: 20 } } });
  control = door(emulators.control.url);
  speech = await synthesise("Extraordinary circumstances delayed the shipment.", { name: "en-us", pitch: 46 });
});
afterAll(() => emulators.close());
afterEach(() => control.clearFaults());

const silence = (ms: number) => new Int16Array(ms * 8);
const join = (...parts: readonly Int16Array[]) => Int16Array.from(parts.flatMap((part) => [...part]));
const spoken = () => join(speech.pcm, silence(600));

async function begun(): Promise<Stream> {
  const stream = openStream(emulators, PRO);
  await stream.waitFor("Begin");
  return stream;
}

test.each([401, 429, 500])("refuse: the handshake is answered %d", async (status) => {
  await control.fault({ target: "streaming", effect: "refuse", status });
  const { socket } = openStream(emulators, PRO);
  const error = await new Promise<Error>((resolve) => socket.on("error", resolve));
  expect(error.message).toContain(String(status));
  await (await begun()).terminate();
});

test("refuse with a code: the socket is accepted and closed by it, without a Begin", async () => {
  await control.fault({ target: "streaming", effect: "refuse", code: 3009, message: "Too many concurrent sessions" });
  const stream = openStream(emulators, PRO);
  expect(await stream.closed).toEqual({ code: 3009, reason: "Too many concurrent sessions" });
  expect(stream.frames.map(({ type }) => type)).toEqual(["Error"]);
});

test("close in the middle of a word: it is in neither session, and the words around it are in one each", async () => {
  const [first, second, ...rest] = speech.words;
  if (first === undefined || second === undefined) throw new Error("It has more words.");
  const cutMs = Math.round((second.start + second.end) / 2 / 8);
  await control.fault({ target: "streaming", effect: "close", code: 3005, afterMs: cutMs });
  const before = await begun();
  const sent = Math.ceil(cutMs / 50) * 50 * 8;
  await before.speak(speech.pcm.subarray(0, sent), { chunkMs: 50, pace: PACE });
  expect(await before.closed).toMatchObject({ code: 3005 });
  // Partials that were still to come are lost with the session.
  expect(before.finals).toEqual([]);
  const after = await begun();
  await after.speak(join(speech.pcm.subarray(sent), silence(400)), { chunkMs: 50, pace: PACE });
  await after.terminate();
  const texts = after.finals.flatMap(({ words }) => words.map(({ text }) => text));
  expect(texts).toEqual(rest.map(({ text }) => text));
  const { streams } = Streams.parse(await control.get("/streams"));
  expect(streams.slice(-2).map(({ closeCode }) => closeCode)).toEqual([3005, 1000]);
  expect(streams.at(-2)?.audioMs).toBe(sent / 8);
});

test.each([
  ["four fifths and more of it are there", 0.1, true],
  ["less than four fifths are there", 0.4, false],
])("a session that begins in a word hears it when %s", async (_, missing, isHeard) => {
  const [first] = speech.words;
  if (first === undefined) throw new Error("It has words.");
  const from = Math.round(first.start + (first.end - first.start) * missing) + 3;
  const stream = await begun();
  await stream.speak(join(speech.pcm.subarray(from), silence(400)), { pace: PACE });
  await stream.terminate();
  const [heard] = stream.finals.flatMap(({ words }) => words.map(({ text }) => text));
  expect(heard).toBe(isHeard ? first.text : speech.words[1]?.text);
});

test("close without a code breaks the connection, also of a session that is open already", async () => {
  const stream = await begun();
  await stream.speak(silence(200), { pace: PACE });
  await control.fault({ target: "streaming", effect: "close" });
  await stream.speak(silence(200), { pace: PACE });
  expect(await stream.closed).toMatchObject({ code: 1006 });
  expect(stream.frames.map(({ type }) => type)).toEqual(["Begin"]);
});

test("stall: it receives and says nothing for so long, then tells what it heard", async () => {
  await control.fault({ target: "streaming", effect: "stall", delayMs: 1500, afterMs: 100 });
  const stream = await begun();
  const started = performance.now();
  await stream.speak(spoken(), { pace: PACE });
  await sleep(300);
  expect(stream.turns).toEqual([]);
  expect(await stream.terminate()).toMatchObject({ code: 1000 });
  expect(performance.now() - started).toBeGreaterThan(1500);
  expect(stream.finals.map(({ transcript }) => transcript)).toEqual([speech.text]);
});

test("stall for ever: not even the end is answered, and the socket stays open", async () => {
  await control.fault({ target: "streaming", effect: "stall", delayMs: 0, afterMs: 100 });
  const stream = await begun();
  await stream.speak(spoken(), { pace: PACE });
  stream.say({ type: "Terminate" });
  await sleep(500);
  expect(stream.frames.map(({ type }) => type)).toEqual(["Begin"]);
  expect(stream.socket.readyState).toBe(WebSocket.OPEN);
  stream.socket.close();
  await stream.closed;
});

test("stall from the beginning: the socket opens and there is no Begin until it is over", async () => {
  await control.fault({ target: "streaming", effect: "stall", delayMs: 600 });
  const stream = openStream(emulators, PRO);
  await sleep(400);
  expect(stream.socket.readyState).toBe(WebSocket.OPEN);
  expect(stream.frames).toEqual([]);
  await stream.waitFor("Begin");
  await stream.terminate();
});

test("a fault of two times strikes two sessions, not one twice", async () => {
  await control.fault({ target: "streaming", effect: "stall", delayMs: 0, afterMs: 100, times: 2 });
  const both = await Promise.all([begun(), begun()]);
  await Promise.all(both.map((stream) => stream.speak(spoken(), { pace: PACE })));
  await sleep(300);
  expect(both.map(({ turns }) => turns.length)).toEqual([0, 0]);
  for (const { socket } of both) socket.terminate();
  await Promise.all(both.map(({ closed }) => closed));
});

test("delay: every frame comes so much later", async () => {
  const timeOfTurn = async () => {
    const stream = await begun();
    const started = performance.now();
    await stream.speak(spoken(), { pace: PACE });
    await stream.waitFor("Turn");
    const at = stream.frames.find(({ type }) => type === "Turn")?.arrivedAt ?? 0;
    await stream.terminate();
    return at - started;
  };
  const usual = await timeOfTurn();
  await control.fault({ target: "streaming", effect: "delay", delayMs: 700 });
  expect((await timeOfTurn()) - usual).toBeGreaterThan(600);
});

test("a code that no socket can be closed with is refused at the control door", async () => {
  for (const code of [999, 1005, 1006, 1015, 2000]) {
    await expect(control.fault({ target: "streaming", effect: "close", code })).rejects.toThrow("400");
  }
});
