import type { Watcher } from "@earwitness/core";
import type { SoundPack } from "../call-room/media/packer.ts";
import { ListenMixer } from "./listen-mixer.ts";

/** A listener costs ten messages a second; who wants to hear a call is a supervisor or two. */
const MOST_LISTENERS = 5;
/** Sound is of no use late: a listener for whom two seconds of it wait misses what comes until they have caught up. */
const MAX_UNSENT_BYTES = 32_000;

/** What became of a wish to listen, or to stop; `reason` says why it could not be. */
interface Turned {
  readonly isOn: boolean;
  readonly isNew: boolean;
  readonly reason: string | null;
}

/** Those among the watchers who hear the call. */
export class Listeners {
  readonly #send: (socket: WebSocket, frame: ArrayBuffer) => void;
  readonly #sockets = new Set<WebSocket>();
  #mixer = new ListenMixer();

  constructor(send: (socket: WebSocket, frame: ArrayBuffer) => void) {
    this.#send = send;
  }

  turn(socket: WebSocket, { mayListen }: Watcher, on: boolean): Turned {
    if (!on) {
      this.forget(socket);
      return { isOn: false, isNew: false, reason: null };
    }
    if (this.#sockets.has(socket)) return { isOn: true, isNew: false, reason: null };
    const reason = this.#reasonAgainst(mayListen);
    if (reason !== null) return { isOn: false, isNew: false, reason };
    if (this.#sockets.size === 0) this.#mixer = new ListenMixer();
    this.#sockets.add(socket);
    return { isOn: true, isNew: true, reason: null };
  }

  take(pack: SoundPack): void {
    if (this.#sockets.size === 0) return;
    for (const frame of this.#mixer.take(pack)) {
      for (const socket of [...this.#sockets]) if (socket.bufferedAmount <= MAX_UNSENT_BYTES) this.#send(socket, frame);
    }
  }

  forget(socket: WebSocket): void {
    this.#sockets.delete(socket);
  }

  #reasonAgainst(mayListen: boolean): string | null {
    if (!mayListen) return "Your role in this workspace does not allow it. Ask an owner or an admin.";
    if (this.#sockets.size < MOST_LISTENERS) return null;
    return `${MOST_LISTENERS} people listen to this call already. Try again when one of them has stopped.`;
  }
}
