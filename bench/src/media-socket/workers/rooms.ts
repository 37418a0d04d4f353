import { DurableObject } from "cloudflare:workers";
import { endLines } from "./end-lines.ts";
import type { RoomCount, RoomDoor } from "./env.ts";
import { openSocket, socketPair } from "./open-socket.ts";
import { Packer, type Track } from "./packer.ts";
import { Tail } from "./tail.ts";

interface Env {
  TRANSCRIBER_URL: string;
}

/** What all three rooms keep and count. */
abstract class Room extends DurableObject<Env> implements RoomDoor {
  protected readonly tail: Tail;
  #messagesIn = 0;
  #firstAtMs: number | null = null;
  #lastAtMs = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.tail = new Tail(ctx.storage.sql);
  }

  async count(): Promise<RoomCount> {
    return {
      messagesIn: this.#messagesIn,
      listeningMs: this.#lastAtMs - (this.#firstAtMs ?? this.#lastAtMs),
      rowsWritten: this.tail.rowsWritten,
      framesKept: this.tail.framesKept,
    };
  }

  async reset(): Promise<void> {
    this.ctx.abort("Reset on purpose");
  }

  protected countMessage(): void {
    this.#messagesIn += 1;
    this.#lastAtMs = Date.now();
    this.#firstAtMs ??= this.#lastAtMs;
  }
}

/** The carrier's socket ends here: the room packs, keeps and passes on. */
abstract class ListeningRoom extends Room {
  readonly #packer = new Packer();
  #out: Record<Track, WebSocket> | null = null;

  protected async openTranscriber(): Promise<void> {
    this.#out = {
      inbound: await openSocket(this.env.TRANSCRIBER_URL),
      outbound: await openSocket(this.env.TRANSCRIBER_URL),
    };
  }

  protected listen(text: string): void {
    this.countMessage();
    const taken = this.#packer.take(text);
    if (taken === null) return;
    this.tail.add(taken.audio);
    if (taken.pack !== null) this.#out?.[taken.track].send(taken.pack);
  }

  protected hangUp(ours: WebSocket): void {
    ours.close(1000);
    if (this.#out !== null) endLines(this.#out, this.#packer);
    this.#out = null;
  }
}

/** By plain `accept()`. */
export class AcceptingRoom extends ListeningRoom {
  override async fetch(): Promise<Response> {
    await this.openTranscriber();
    const [theirs, ours] = socketPair();
    ours.accept();
    ours.addEventListener("message", ({ data }) => this.listen(String(data)));
    ours.addEventListener("close", () => this.hangUp(ours));
    return new Response(null, { status: 101, webSocket: theirs });
  }
}

/** By `acceptWebSocket`, though it never hibernates: its outgoing sockets keep it. */
export class HibernatingRoom extends ListeningRoom {
  override async fetch(): Promise<Response> {
    await this.openTranscriber();
    const [theirs, ours] = socketPair();
    this.ctx.acceptWebSocket(ours);
    return new Response(null, { status: 101, webSocket: theirs });
  }

  override async webSocketMessage(_: WebSocket, data: string | ArrayBuffer): Promise<void> {
    this.listen(String(data));
  }

  override async webSocketClose(ours: WebSocket): Promise<void> {
    this.hangUp(ours);
  }
}

/** Is handed the audio by a plain worker, every 250 ms, and sleeps meanwhile. It says which message is safe in a row. */
export class HandedRoom extends Room {
  override async fetch(): Promise<Response> {
    const [theirs, ours] = socketPair();
    this.ctx.acceptWebSocket(ours);
    return new Response(null, { status: 101, webSocket: theirs });
  }

  override async webSocketMessage(ours: WebSocket, data: string | ArrayBuffer): Promise<void> {
    if (typeof data === "string") return;
    this.countMessage();
    const n = new DataView(data).getUint32(0);
    if (this.tail.add(new Uint8Array(data, 4))) ours.send(String(n));
  }

  override async webSocketClose(ours: WebSocket): Promise<void> {
    ours.close(1000);
  }
}

export default { fetch: () => new Response("ok") };
