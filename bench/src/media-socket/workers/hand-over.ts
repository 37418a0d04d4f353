import { openSocketTo } from "./open-socket.ts";
import { join } from "./packer.ts";

/** 250 ms of both tracks. */
const FRAMES_A_MESSAGE = 25;
const TRY_AGAIN_MS = 20;

/**
 * Hands a room its audio in numbered messages and keeps each until the room says that it is safe; what was not, it hands
 * again to the room's next instance.
 */
export class HandOver {
  readonly #open: () => Promise<WebSocket>;
  readonly #unsafe = new Map<number, Uint8Array>();
  #waiting: Uint8Array[] = [];
  #n = 0;
  #room: WebSocket | null = null;
  #isOver = false;

  constructor(room: { fetch: typeof fetch }) {
    this.#open = () => openSocketTo(room);
  }

  async begin(): Promise<void> {
    const room = await this.#open();
    room.addEventListener("message", ({ data }) => {
      for (const n of this.#unsafe.keys()) if (n <= Number(data)) this.#unsafe.delete(n);
    });
    room.addEventListener("close", () => {
      this.#room = null;
      this.#beginAgain();
    });
    this.#room = room;
    for (const message of this.#unsafe.values()) room.send(message);
  }

  #beginAgain(): void {
    if (this.#isOver) return;
    this.begin().catch(() => setTimeout(() => this.#beginAgain(), TRY_AGAIN_MS));
  }

  add(audio: Uint8Array): void {
    this.#waiting.push(audio);
    if (this.#waiting.length === FRAMES_A_MESSAGE) this.#send();
  }

  end(): void {
    if (this.#waiting.length > 0) this.#send();
    this.#isOver = true;
    this.#room?.close(1000);
  }

  #send(): void {
    const number = new Uint8Array(4);
    new DataView(number.buffer).setUint32(0, ++this.#n);
    const message = join([number, ...this.#waiting.splice(0)]);
    this.#unsafe.set(this.#n, message);
    this.#room?.send(message);
  }
}
