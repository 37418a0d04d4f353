import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { z } from "zod";
import { encodeMulaw } from "../../src/audio/mulaw.ts";
import type { Emulators } from "../../src/index.ts";

const Word = z.strictObject({
  text: z.string(),
  start: z.int(),
  end: z.int(),
  confidence: z.number(),
  word_is_final: z.boolean(),
});

/** The frames of the server, to the letter: one more field is a failure. */
const Frame = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("Begin"),
    id: z.uuid(),
    expires_at: z.int(),
    configuration: z.strictObject({ model: z.string(), mode: z.string().optional(), api_version: z.string() }),
  }),
  z.strictObject({ type: z.literal("SpeechStarted"), timestamp: z.int(), confidence: z.number() }),
  z.strictObject({
    type: z.literal("Turn"),
    turn_order: z.int(),
    turn_is_formatted: z.boolean(),
    end_of_turn: z.boolean(),
    transcript: z.string(),
    utterance: z.string(),
    end_of_turn_confidence: z.number(),
    words: z.array(Word),
    language_code: z.string().optional(),
    language_confidence: z.number().optional(),
  }),
  z.strictObject({
    type: z.literal("Termination"),
    audio_duration_seconds: z.int(),
    session_duration_seconds: z.int(),
  }),
  z.strictObject({ type: z.literal("Error"), error_code: z.int(), error: z.string() }),
]);

/** What the control door shows of the sessions. */
export const Streams = z.strictObject({
  streams: z.array(
    z.strictObject({
      id: z.string(),
      parameters: z.record(z.string(), z.unknown()),
      openedAt: z.iso.datetime(),
      closedAt: z.iso.datetime().nullable(),
      closeCode: z.int().nullable(),
      closedBy: z.enum(["client", "server"]).nullable(),
      refusal: z.string().nullable(),
      isTerminated: z.boolean(),
      audioMs: z.number(),
      turns: z.int(),
      turnsEnded: z.int(),
      billedMs: z.int(),
    }),
  ),
});

export type Frame = z.infer<typeof Frame>;
export type Turn = Extract<Frame, { type: "Turn" }>;

export interface Stream {
  readonly socket: WebSocket;
  readonly frames: (Frame & { readonly arrivedAt: number })[];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly turns: Turn[];
  /** The turns that are over, the last frame of each. */
  readonly finals: Turn[];
  /** The `count`th frame of a type. */
  waitFor(type: Frame["type"], count?: number): Promise<Frame>;
  /** Sends audio in messages of `chunkMs`, at real time or `pace` times faster. The rest that is shorter than a message is filled up. */
  speak(
    pcm: Int16Array,
    options?: { chunkMs?: number; pace?: number; encoding?: "pcm_mulaw" | "pcm_s16le" },
  ): Promise<void>;
  say(message: object): void;
  /** Asks for the end and waits for it. */
  terminate(): Promise<{ readonly code: number; readonly reason: string }>;
}

export const PRO = { speech_model: "universal-3-5-pro", sample_rate: "8000", encoding: "pcm_mulaw" };
export const UNIVERSAL = { ...PRO, speech_model: "universal-streaming-multilingual" };

/** A session by plain WebSocket. `headers` replaces the key. */
export function openStream(
  { assemblyai }: Emulators,
  params: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = { authorization: assemblyai.apiKey },
): Stream {
  const url = `${assemblyai.url.replace("http", "ws")}/v3/ws?${new URLSearchParams(params)}`;
  const socket = new WebSocket(url, { headers });
  const frames: Stream["frames"] = [];
  const closed = once(socket, "close").then(([code, reason]) => ({ code: Number(code), reason: String(reason) }));
  closed.catch(() => {});
  socket.on("message", (data) => {
    frames.push({ ...Frame.parse(JSON.parse(String(data))), arrivedAt: performance.now() });
  });
  const turns = () => frames.filter((frame) => frame.type === "Turn");
  return {
    socket,
    frames,
    closed,
    get turns() {
      return turns();
    },
    get finals() {
      const last = new Map<number, Turn>();
      for (const turn of turns()) if (turn.end_of_turn) last.set(turn.turn_order, turn);
      return [...last.values()];
    },
    async waitFor(type, count = 1) {
      for (;;) {
        const found = frames.filter((frame) => frame.type === type)[count - 1];
        if (found !== undefined) return found;
        if (socket.readyState === WebSocket.CLOSED) throw new Error(`Closed before ${type}: ${JSON.stringify(frames)}`);
        await sleep(5);
      }
    },
    async speak(pcm, { chunkMs = 100, pace = 1, encoding = "pcm_mulaw" } = {}) {
      const chunk = chunkMs * 8;
      const whole = new Int16Array(Math.ceil(pcm.length / chunk) * chunk);
      whole.set(pcm);
      const started = performance.now();
      for (let at = 0; at < whole.length; at += chunk) {
        // Sound can be sent once it was spoken.
        await sleep(Math.max(0, started + (at + chunk) / 8 / pace - performance.now()));
        if (socket.readyState !== WebSocket.OPEN) return;
        const samples = whole.slice(at, at + chunk);
        socket.send(encoding === "pcm_mulaw" ? encodeMulaw(samples) : new Uint8Array(samples.buffer));
      }
    },
    say: (message) => socket.send(JSON.stringify(message)),
    async terminate() {
      socket.send(JSON.stringify({ type: "Terminate" }));
      return closed;
    },
  };
}
