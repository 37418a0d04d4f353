import type { Watcher } from "@earwitness/core";
import type { SoundPack } from "../call-room/media/packer.ts";
import { ListenMixer } from "./listen-mixer.ts";
import { unsentBytesOf } from "./unsent-bytes.ts";

/** A listener costs ten messages a second; who wants to hear a call is a supervisor or two. */
const MOST_LISTENERS = 5;
/** Sound is of no use late: a listener for whom two seconds of it wait misses what comes until they have caught up. */
const MAX_UNSENT_BYTES = 32_000;
/** Sound is not acknowledged. Clients ask for the clock every 30 s: one that has not three times has gone without a word. */
const MAX_SILENCE_MS = 90_000;
/** Each beginning goes into the record; one who begins again so soon, as after a reconnect, goes on. */
const SAME_LISTENING_MS = 60_000;

/** What became of a wish to listen, or to stop; `reason` says why it could not be. */
interface Turned {
  readonly isOn: boolean;
  /** It is to be told that this person listens. */
  readonly isNew: boolean;
  readonly reason: string | null;
}

/** Those among the watchers who hear the call. */
export class Listeners {
  readonly #send: (socket: WebSocket, frame: ArrayBuffer) => void;
  /** When each was heard of last, in ms of the epoch. */
  readonly #sockets = new Map<WebSocket, number>();
  /** When each person was told to have begun last, in ms of the epoch. */
  readonly #begun = new Map<string, number>();
  #mixer = new ListenMixer();

  constructor(send: (socket: WebSocket, frame: ArrayBuffer) => void) {
    this.#send = send;
  }

  turn(socket: WebSocket, { mayListen, actorId }: Watcher, on: boolean): Turned {
    if (!on) {
      this.forget(socket);
      return { isOn: false, isNew: false, reason: null };
    }
    if (this.#sockets.has(socket)) return { isOn: true, isNew: false, reason: null };
    const reason = this.#reasonAgainst(mayListen);
    if (reason !== null) return { isOn: false, isNew: false, reason };
    if (this.#sockets.size === 0) this.#mixer = new ListenMixer();
    this.#sockets.set(socket, Date.now());
    return { isOn: true, isNew: this.#begins(actorId, Date.now()), reason: null };
  }

  take(pack: SoundPack): void {
    if (this.#sockets.size === 0) return;
    for (const frame of this.#mixer.take(pack)) {
      for (const socket of [...this.#sockets.keys()]) this.#sendTo(socket, frame);
    }
  }

  /** A client has said something. */
  heardOf(socket: WebSocket): void {
    if (this.#sockets.has(socket)) this.#sockets.set(socket, Date.now());
  }

  forget(socket: WebSocket): void {
    this.#sockets.delete(socket);
  }

  #begins(actorId: string, nowMs: number): boolean {
    for (const [each, atMs] of this.#begun) if (nowMs - atMs >= SAME_LISTENING_MS) this.#begun.delete(each);
    if (this.#begun.has(actorId)) return false;
    this.#begun.set(actorId, nowMs);
    return true;
  }

  #sendTo(socket: WebSocket, frame: ArrayBuffer): void {
    if (Date.now() - (this.#sockets.get(socket) ?? 0) > MAX_SILENCE_MS) this.forget(socket);
    else if (unsentBytesOf(socket) <= MAX_UNSENT_BYTES) this.#send(socket, frame);
  }

  #reasonAgainst(mayListen: boolean): string | null {
    if (!mayListen) return "Your role in this workspace does not allow it. Ask an owner or an admin.";
    if (this.#sockets.size < MOST_LISTENERS) return null;
    return `${MOST_LISTENERS} people listen to this call already. Try again when one of them has stopped.`;
  }
}
