import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { type CallFact, MULAW_SILENCE } from "@earwitness/core";
import type { LiveChannel } from "@earwitness/shared";
import {
  commandsTo,
  doorOf,
  factsOf,
  factTypes,
  hearAnnouncement,
  newCall,
  publishRouting,
  snapshot,
  stubOf,
  type TestCall,
  until,
} from "../call.ts";

const FRAME_MS = 20;
const FRAME_BYTES = 160;
/** The call is answered a second after it began; positions count from there. */
const ANSWERED_MS = 1000;

/** A call whose sound is asked for, up to where the carrier has been told to stream it. */
export async function streamedCall(): Promise<TestCall> {
  const call = newCall();
  await publishRouting(call.to, { ...snapshot, e164: call.to, liveCaptions: true });
  await hearAnnouncement(call);
  await streamAsked(call, 1);
  return call;
}

/** Waits until the carrier was asked for the `n`th stream; gives its address. */
export async function streamAsked(call: TestCall, n: number): Promise<string> {
  const commands = await until(
    () => commandsTo(call.controlId),
    (all) => all.filter(({ kind }) => kind === "streaming_start").length >= n,
    15_000,
  );
  return String(commands.filter(({ kind }) => kind === "streaming_start")[n - 1]?.body.stream_url);
}

/** A byte of sound that says which frame of which channel it is of. */
export function byteOf(channel: LiveChannel, positionMs: number): number {
  const frame = Math.round(positionMs / FRAME_MS);
  return channel === "caller" ? frame % 120 : 128 + (frame % 120);
}

/** The carrier's end of a stream. Its frames say by their bytes where they belong on the call. */
export class CarrierStream {
  readonly #socket: WebSocket;
  readonly #startMs: number;
  #next = 1;
  closed: Promise<number>;

  constructor(socket: WebSocket, startMs: number) {
    this.#socket = socket;
    this.#startMs = startMs;
    this.closed = new Promise((resolve) => {
      socket.addEventListener("close", ({ code }) => resolve(code));
    });
    socket.accept();
    this.sendText({ event: "connected", version: "1.0.0" });
    const media_format = { encoding: "PCMU", sample_rate: 8000, channels: 1 };
    this.sendText({ event: "start", stream_id: "s", start: { call_control_id: "v3:x", media_format } });
  }

  /** Where the next frame lies, in ms since the answer. */
  get positionMs(): number {
    return this.#startMs + (this.#next - 1) * FRAME_MS;
  }

  sendText(frame: object | string): void {
    this.#socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** Sends the frames of both tracks up to a position, but for those of `lost`, numbered from the stream's first. */
  speakUntil(positionMs: number, lost: readonly number[] = []): void {
    while (this.positionMs < positionMs) {
      const number = this.#next;
      if (!lost.includes(number)) this.sendFrames(number);
      this.#next += 1;
    }
  }

  sendFrames(number: number): void {
    for (const [track, channel] of [
      ["inbound", "caller"],
      ["outbound", "agent"],
    ] as const) {
      const byte = byteOf(channel, this.#startMs + (number - 1) * FRAME_MS);
      const payload = btoa(String.fromCharCode(byte).repeat(FRAME_BYTES));
      this.sendText({ event: "media", stream_id: "s", media: { track, chunk: String(number), payload } });
    }
  }

  close(code = 1000): void {
    this.#socket.close(code);
  }
}

export function keyOf(room: string, n: number): Promise<string> {
  return runInDurableObject(stubOf(room), async (_instance, { storage }) => {
    const [row] = storage.sql
      .exec<{ event: string }>("SELECT event FROM journal WHERE event LIKE ?", `%stream_start.${n}%`)
      .toArray();
    return /[^"]+\.stream_start\.\d+/.exec(row?.event ?? "")?.[0] ?? "";
  });
}

export async function connect(call: TestCall, n: number): Promise<Response> {
  await streamAsked(call, n);
  const key = await until(
    () => keyOf(call.room, n),
    (found) => found !== "",
  );
  return stubOf(call.room).fetch(`https://call-room/media?key=${encodeURIComponent(key)}`, {
    headers: { upgrade: "websocket" },
  });
}

/** Opens the `n`th stream as the carrier does, its first frame at `startMs` since the answer, and tells so by a notice. */
export async function openStream(call: TestCall, n: number, startMs: number): Promise<CarrierStream> {
  const { webSocket } = await connect(call, n);
  if (webSocket === null || webSocket === undefined) throw new Error("The room did not take the socket.");
  const stream = new CarrierStream(webSocket, startMs);
  const stream_url = await streamAsked(call, n);
  await doorOf(call.room).deliver(call.notice("streaming.started", ANSWERED_MS + startMs, { stream_url }));
  return stream;
}

/** Ends the call at a position, and waits for the end of its live moment. */
export async function hangUpAt(call: TestCall, positionMs: number): Promise<void> {
  await doorOf(call.room).deliver(
    call.notice("call.hangup", ANSWERED_MS + positionMs, { hangup_cause: "normal_clearing", hangup_source: "caller" }),
  );
}

export async function liveEnded(call: TestCall, limitMs = 12_000): Promise<void> {
  await until(
    () => factTypes(call.room),
    (types) => types.includes("live.ended"),
    limitMs,
  );
}

type Told<T extends CallFact["type"]> = Extract<CallFact, { type: T }>;

export async function told<T extends CallFact["type"]>(call: TestCall, type: T): Promise<Told<T>[]> {
  return (await factsOf(call.room)).filter((fact): fact is Told<T> => fact.type === type);
}

/** Waits until the room's disk holds sound up to a position. */
export function savedUntil(call: TestCall, positionMs: number): Promise<number> {
  return until(
    () =>
      runInDurableObject(stubOf(call.room), (_instance, { storage }) => {
        const [row] = storage.sql.exec<{ end_ms: number }>("SELECT max(end_ms) AS end_ms FROM tail").toArray();
        return row?.end_ms ?? 0;
      }).catch(() => 0),
    (endMs) => endMs >= positionMs,
  );
}

/** Checks each stored frame against what was said, and gives the frames' positions that are held. */
export async function heldFrames(call: TestCall): Promise<{ right: number[]; wrong: string[] }> {
  const right: number[] = [];
  const wrong: string[] = [];
  for (const { key, startMs, endMs, sizeBytes, held } of await told(call, "audio.stored")) {
    const object = await env.RECORDINGS.get(key);
    const bytes = new Uint8Array((await object?.arrayBuffer()) ?? new ArrayBuffer(0));
    if (bytes.length !== sizeBytes || bytes.length !== 58 + (endMs - startMs) * 16)
      wrong.push(`${key} has another size`);
    for (let ms = startMs; ms < endMs; ms += FRAME_MS) {
      const frame = bytes.subarray(58 + (ms - startMs) * 16, 58 + (ms - startMs + FRAME_MS) * 16);
      const isHeld = held.some((span) => span.startMs <= ms && ms < span.endMs);
      if (!isHeld) continue;
      const isRight = frame.every((byte, i) => byte === byteOf(i % 2 === 0 ? "caller" : "agent", ms));
      if (isRight) right.push(ms);
      else wrong.push(`${key} at ${ms}: ${frame[0]}, ${frame[1]} ${frame[0] === MULAW_SILENCE ? "(silent)" : ""}`);
    }
  }
  return { right: right.sort((a, b) => a - b), wrong };
}

/** The positions of all frames from one position to another. */
export function frames(startMs: number, endMs: number): number[] {
  return Array.from({ length: (endMs - startMs) / FRAME_MS }, (_, i) => startMs + i * FRAME_MS);
}
