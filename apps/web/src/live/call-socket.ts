import { CallFrame } from "../api/contract.ts";
import { type LinkState, openResumingSocket, parseJson } from "./resuming-socket.ts";
import { type ClockSample, clockOffset, keepSample, ownClock } from "./server-clock.ts";

/** The clock is asked thus often when the line comes up, since the first answers wait behind the snapshot. */
const CLOCK_AT_ONCE = 5;
const CLOCK_AT_ONCE_EVERY_MS = 200;
/** And then as often as this, because clocks drift. */
const CLOCK_EVERY_MS = 30_000;

export interface CallSocketOptions {
  url: string;
  /** Frames in order, each once; those that are worth nothing later are handed on as they come. */
  onFrame: (frame: CallFrame) => void;
  /** Sound of a call that is listened to. */
  onSound: (data: ArrayBuffer) => void;
  onLink: (state: LinkState) => void;
  onSignedOut: () => void;
  onGone: () => void;
  /** The seams that a test holds still. */
  open?: (url: string) => WebSocket;
  random?: () => number;
  now?: () => number;
}

export interface CallSocket {
  /** The server's clock in ms of the epoch; null until it has been asked. */
  serverNow(): number | null;
  /** Tells how long a caption took from being heard to being painted. */
  tellPainted(captionId: string, latencyMs: number): void;
  /** Asks for the call's sound, or for its end; the server tells by a `listening` frame what became of it. */
  listen(on: boolean): boolean;
  close(): void;
}

/**
 * Keeps the socket of one live call open. A lost one goes on after the last frame that it heard, named by the run of numbers
 * that it belongs to (`epoch`): after a reset of the call's room the server begins anew with a snapshot.
 */
export function openCallSocket(options: CallSocketOptions): CallSocket {
  const { onFrame, onSound, now = ownClock } = options;
  let epoch: string | null = null;
  let lastSeq: number | null = null;
  let samples: ClockSample[] = [];
  let asking: ReturnType<typeof setTimeout> | undefined;

  const socket = openResumingSocket<CallFrame>({
    ...options,
    read: (data) => CallFrame.safeParse(parseJson(data)).data ?? null,
    after: () => (epoch === null || lastSeq === null ? null : `${epoch}.${lastSeq}`),
    seqOf: (frame) => (isNumbered(frame) ? frame.seq : null),
    onFrame: hear,
    onBinary: onSound,
  });

  function hear(frame: CallFrame) {
    if (frame.type === "hello") {
      if (frame.epoch !== epoch) lastSeq = null;
      epoch = frame.epoch;
      askClock(CLOCK_AT_ONCE);
    }
    if (frame.type === "clock") {
      const { sentMs, serverMs } = frame;
      samples = keepSample(samples, { sentMs, receivedMs: now(), serverMs });
      return;
    }
    if (frame.type === "reset") lastSeq = null;
    // A snapshot holds all that came before it. Any other number that was heard already is a repetition.
    else if (isNumbered(frame)) {
      if (frame.type !== "snapshot" && lastSeq !== null && frame.seq <= lastSeq) return;
      lastSeq = frame.seq;
    }
    onFrame(frame);
  }

  function askClock(times: number) {
    clearTimeout(asking);
    socket.send({ action: "clock", sentMs: now() });
    asking = setTimeout(() => askClock(times - 1), times > 1 ? CLOCK_AT_ONCE_EVERY_MS : CLOCK_EVERY_MS);
  }

  return {
    serverNow() {
      const offset = clockOffset(samples);
      return offset === null ? null : now() + offset;
    },
    tellPainted: (captionId, latencyMs) => void socket.send({ action: "painted", captionId, latencyMs }),
    listen: (on) => socket.send({ action: "listen", on }),
    close() {
      clearTimeout(asking);
      socket.close();
    },
  };
}

/** True for the frames that must not be missed; the others carry the number of the last one before them. */
function isNumbered({ type }: CallFrame): boolean {
  return type === "snapshot" || type === "state" || type === "caption" || type === "mark";
}
