import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Emulators, startEmulators } from "../src/index.ts";
import { door } from "./support/door.ts";
import { openStream, PRO, type Stream, Streams } from "./support/stream.ts";

let emulators: Emulators;

beforeAll(async () => {
  emulators = await startEmulators({ assemblyai: { streaming: { delayMs: 20, cushionMs: 2000 } } });
});
afterAll(() => emulators.close());

const silence = (ms: number) => new Int16Array(ms * 8);

/** The `Error` frame comes before the close, and both have the one code. */
async function refusalOf(stream: Stream) {
  const { code, reason } = await stream.closed;
  const last = stream.frames.at(-1);
  if (last?.type !== "Error") throw new Error(`No Error frame before ${code}: ${JSON.stringify(stream.frames)}`);
  expect(last.error_code).toBe(code);
  expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123);
  return { code, error: last.error };
}

async function begun(params: Readonly<Record<string, string>> = PRO, by = emulators) {
  const stream = openStream(by, params);
  await stream.waitFor("Begin");
  return stream;
}

describe("1008, who asks", () => {
  test.each([
    [{}, "Unauthorized Connection: Missing Authorization header"],
    [{ authorization: "wrong" }, "Unauthorized Connection: Invalid API key"],
  ])("%o", async (headers, error) => {
    expect(await refusalOf(openStream(emulators, PRO, headers))).toEqual({ code: 1008, error });
  });

  test("a key with Bearer before it, an unknown token, a token that was used", async () => {
    const key = emulators.assemblyai.apiKey;
    expect(await refusalOf(openStream(emulators, PRO, { authorization: `Bearer ${key}` }))).toMatchObject({
      code: 1008,
    });
    expect(await refusalOf(openStream(emulators, { ...PRO, token: "unknown" }, {}))).toMatchObject({ code: 1008 });
    const { token } = await issueToken("expires_in_seconds=60");
    const first = openStream(emulators, { ...PRO, token }, {});
    await first.waitFor("Begin");
    await first.terminate();
    expect(await refusalOf(openStream(emulators, { ...PRO, token }, {}))).toMatchObject({ code: 1008 });
  });

  test("a token that is too old", async () => {
    const { token } = await issueToken("expires_in_seconds=1");
    await sleep(1100);
    expect(await refusalOf(openStream(emulators, { ...PRO, token }, {}))).toMatchObject({
      error: "Unauthorized Connection: Token expired",
    });
  });

  test("tokens are given to the key alone, within the vendor's bounds", async () => {
    expect((await issueToken("expires_in_seconds=60", "wrong")).status).toBe(401);
    for (const query of ["", "expires_in_seconds=0", "expires_in_seconds=601", "expires_in_seconds=x"]) {
      expect((await issueToken(query)).status).toBe(400);
    }
    expect((await issueToken("expires_in_seconds=60&max_session_duration_seconds=59")).status).toBe(400);
  });
});

async function issueToken(query: string, authorization = emulators.assemblyai.apiKey) {
  const response = await fetch(`${emulators.assemblyai.url}/v3/token?${query}`, { headers: { authorization } });
  const body: { token?: string } = JSON.parse(await response.text());
  return { status: response.status, token: body.token ?? "" };
}

describe("3006, what is asked for", () => {
  const { speech_model: _, ...modelless } = PRO;
  test.each([
    ["speech_model", modelless],
    ["speech_model", { ...PRO, speech_model: "universal-9" }],
    ["sample_rate", { speech_model: PRO.speech_model }],
    ["sample_rate", { ...PRO, sample_rate: "eight" }],
    ["encoding", { ...PRO, encoding: "pcm_alaw" }],
    ["format_turns", { ...PRO, format_turns: "yes" }],
    ["min_turn_silence", { ...PRO, min_turn_silence: "-1" }],
    ["end_of_turn_confidence_threshold", { ...PRO, end_of_turn_confidence_threshold: "2" }],
    ["inactivity_timeout", { ...PRO, inactivity_timeout: "4" }],
    ["mode", { ...PRO, mode: "fast" }],
    ["keyterms_prompt", { ...PRO, keyterms_prompt: "Acme,Ana" }],
    [
      "keyterms_prompt",
      { ...PRO, keyterms_prompt: JSON.stringify(Array.from({ length: 101 }, (_, i) => `term ${i}`)) },
    ],
    ["language", { ...PRO, languages: "en" }],
  ])("%s in %o", async (name, params) => {
    const { code, error } = await refusalOf(openStream(emulators, params));
    expect(code).toBe(3006);
    expect(error).toContain(name);
  });

  test.each([
    ["no JSON", "Terminate"],
    ["an unknown type", JSON.stringify({ type: "Goodbye" })],
    ["a wrong field", JSON.stringify({ type: "UpdateConfiguration", min_turn_silence: "long" })],
    ["audio in base64", JSON.stringify({ audio_data: "//8=" })],
  ])("a message that is %s", async (_, text) => {
    const stream = await begun();
    stream.socket.send(text);
    expect(await refusalOf(stream)).toMatchObject({ code: 3006 });
  });
});

describe("3007, how the audio comes", () => {
  test.each([20, 49, 1001])("a message of %d ms", async (ms) => {
    const stream = await begun();
    stream.socket.send(new Uint8Array(ms * 8).fill(0xff));
    expect(await refusalOf(stream)).toEqual({
      code: 3007,
      error: `Input duration violation: ${ms} ms. Expected between 50 and 1000 ms`,
    });
  });

  test("PCM that ends within a sample is no audio", async () => {
    const stream = await begun({ ...PRO, encoding: "pcm_s16le" });
    stream.socket.send(new Uint8Array(1601));
    expect(await refusalOf(stream)).toMatchObject({ code: 3006 });
  });

  test("µ-law is counted by one byte a sample, PCM by two", async () => {
    const stream = await begun({ ...PRO, encoding: "pcm_s16le" });
    stream.socket.send(new Uint8Array(400));
    expect((await refusalOf(stream)).error).toContain("25 ms");
  });

  test("faster than real time, once the cushion is used up", async () => {
    const stream = await begun();
    for (let i = 0; i < 2; i += 1) stream.socket.send(new Uint8Array(8000).fill(0xff));
    await sleep(100);
    expect(stream.socket.readyState).toBe(WebSocket.OPEN);
    for (let i = 0; i < 2; i += 1) stream.socket.send(new Uint8Array(8000).fill(0xff));
    const { code, error } = await refusalOf(stream);
    expect(code).toBe(3007);
    expect(error).toMatch(/^Audio Transmission Rate Exceeded: Received \d\.0 sec\. audio in \d\.\d+ sec$/);
  });

  test("silence on the line earns no credit for a burst", async () => {
    const stream = await begun();
    await stream.speak(silence(100));
    await sleep(3000);
    for (let i = 0; i < 3; i += 1) stream.socket.send(new Uint8Array(8000).fill(0xff));
    expect(await refusalOf(stream)).toMatchObject({ code: 3007 });
  });
});

test("calls that are made to pass faster may be streamed faster", async () => {
  const quick = await startEmulators({ telnyx: { pace: 1 } });
  try {
    const stream = await begun(PRO, quick);
    await fetch(`${quick.control.url}/pace`, { method: "POST", body: JSON.stringify({ pace: 20 }) });
    await stream.speak(silence(8000), { pace: 20 });
    expect(await stream.terminate()).toMatchObject({ code: 1000 });
    const { streams } = Streams.parse(await door(quick.control.url).get("/streams"));
    expect(streams[0]).toMatchObject({ audioMs: 8000, refusal: null });
    expect(streams[0]?.billedMs).toBeLessThan(4000);
  } finally {
    await quick.close();
  }
});

describe("limits", () => {
  test("3008 at the longest session, 3009 for one too many; both are seen at the control door", async () => {
    const small = await startEmulators({ assemblyai: { streaming: { maxSessionMs: 400, maxSessions: 1 } } });
    try {
      const first = await begun(PRO, small);
      expect(await refusalOf(openStream(small, PRO))).toMatchObject({ code: 3009 });
      expect(await refusalOf(first)).toEqual({
        code: 3008,
        error: "Session Expired: Maximum session duration exceeded",
      });
      await (await begun(PRO, small)).terminate();
      const { streams } = Streams.parse(await door(small.control.url).get("/streams"));
      expect(streams.map(({ closeCode, closedBy }) => [closeCode, closedBy])).toEqual([
        [3008, "server"],
        [3009, "server"],
        [1000, "server"],
      ]);
      expect(streams[0]?.billedMs).toBeGreaterThanOrEqual(390);
      expect(streams[0]?.billedMs).toBeLessThan(1000);
      expect(streams[1]?.billedMs).toBe(0);
    } finally {
      await small.close();
    }
  });

  test("inactivity_timeout ends a session that is sent nothing; KeepAlive keeps it", async () => {
    const [idle, kept] = [
      await begun({ ...PRO, inactivity_timeout: "5" }),
      await begun({ ...PRO, inactivity_timeout: "5" }),
    ];
    const alive = setInterval(() => kept.say({ type: "KeepAlive" }), 1000);
    expect(await refusalOf(idle)).toMatchObject({ code: 3008 });
    clearInterval(alive);
    expect(kept.socket.readyState).toBe(WebSocket.OPEN);
    expect(await kept.terminate()).toMatchObject({ code: 1000 });
  });

  test("a client that goes without a word is billed until then, and only then", async () => {
    const stream = await begun();
    await sleep(300);
    stream.socket.terminate();
    await stream.closed;
    await sleep(100);
    const read = async () => Streams.parse(await door(emulators.control.url).get("/streams")).streams.at(-1);
    const record = await read();
    expect(record).toMatchObject({ closeCode: 1006, closedBy: "client", isTerminated: false });
    expect(record?.billedMs).toBeLessThan(400);
    await sleep(100);
    expect(await read()).toEqual(record);
  });
});

test.each([
  ["sample_rate", { ...PRO, sample_rate: "16000" }],
  ["opus", { ...PRO, encoding: "opus" }],
  ["speaker_labels", { ...PRO, speaker_labels: "true" }],
  ["webhook_url", { ...PRO, webhook_url: "https://app.example.org/hook" }],
])("what is not emulated is refused before the upgrade: %s", async (name, params) => {
  const socket = openStream(emulators, params).socket;
  const status = await new Promise((resolve) => {
    socket.on("error", () => {});
    socket.on("unexpected-response", (_, response) => {
      let text = "";
      response.on("data", (piece) => {
        text += String(piece);
      });
      response.on("end", () => resolve([response.statusCode, text]));
    });
  });
  expect(status).toEqual([501, expect.stringContaining(name)]);
});
