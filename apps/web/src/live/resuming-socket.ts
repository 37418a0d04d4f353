import { LIVE_ACK_EVERY, LIVE_CLOSE, LIVE_PING, LIVE_PONG } from "../api/contract.ts";

/** Whether the page hears of changes as they happen. `since` is when it began, in ms of the epoch. */
export type LinkState = { is: "joining" } | { is: "in-step"; since: number } | { is: "cut-off"; since: number };

const PING_EVERY_MS = 30_000;
/** A line that does not answer a ping within this is dead, whatever the browser thinks of it. */
const PONG_WITHIN_MS = 10_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

export interface ResumingSocketOptions<Frame extends { type: string }> {
  url: string;
  /** Reads a text frame; null for what is none, which is passed by. */
  read: (data: string) => Frame | null;
  /** From where to go on, as the server asks for it in `after`; null begins anew. */
  after: () => string | null;
  /** The number to acknowledge a frame by; null for frames that are worth nothing later. */
  seqOf: (frame: Frame) => number | null;
  onFrame: (frame: Frame) => void;
  onBinary?: (data: ArrayBuffer) => void;
  onLink: (state: LinkState) => void;
  onSignedOut: () => void;
  /** What the socket was about is no more; nothing is opened again. */
  onGone?: () => void;
  /** The seams that a test holds still. */
  open?: ((url: string) => WebSocket) | undefined;
  random?: (() => number) | undefined;
}

export interface ResumingSocket {
  /** Sends an action if the line is up; says whether it went. What would be late is not kept for later. */
  send(action: object): boolean;
  close(): void;
}

/**
 * Keeps one socket open until it is closed here. A lost one is opened again, after a wait that doubles up to 15 s and varies
 * so that a thousand browsers do not come back at once, and goes on from where it was. What arrives is acknowledged every
 * `LIVE_ACK_EVERY` frames, as the contract asks: a server that hears nothing for long must take the line for too slow.
 */
export function openResumingSocket<Frame extends { type: string }>(
  options: ResumingSocketOptions<Frame>,
): ResumingSocket {
  const { url, read, after, seqOf, onFrame, onLink, open = (at) => new WebSocket(at), random = Math.random } = options;
  let socket: WebSocket | null = null;
  let attempts = 0;
  let closed = false;
  let unacked = 0;
  let reopen: ReturnType<typeof setTimeout> | undefined;
  let pulse: ReturnType<typeof setInterval> | undefined;
  let unanswered: ReturnType<typeof setTimeout> | undefined;

  function connect() {
    clearTimeout(reopen);
    const from = after();
    const current = open(from === null ? url : `${url}${url.includes("?") ? "&" : "?"}after=${from}`);
    current.binaryType = "arraybuffer";
    socket = current;
    unacked = 0;
    current.onopen = () => {
      pulse = setInterval(() => {
        current.send(LIVE_PING);
        unanswered ??= setTimeout(() => drop(current), PONG_WITHIN_MS);
      }, PING_EVERY_MS);
    };
    current.onmessage = ({ data }: MessageEvent<unknown>) => {
      clearTimeout(unanswered);
      unanswered = undefined;
      if (closed || current !== socket || data === LIVE_PONG) return;
      if (typeof data === "string") hear(current, data);
      else if (data instanceof ArrayBuffer) options.onBinary?.(data);
    };
    current.onclose = ({ code }) => {
      if (code === LIVE_CLOSE.unauthenticated) stop(options.onSignedOut);
      else if (code === LIVE_CLOSE.notFound) stop(options.onGone);
      else drop(current);
    };
  }

  function hear(from: WebSocket, data: string) {
    const frame = read(data);
    if (!frame) return;
    if (frame.type === "hello") {
      attempts = 0;
      onLink({ is: "in-step", since: Date.now() });
    }
    onFrame(frame);
    const seq = seqOf(frame);
    if (seq === null || ++unacked < LIVE_ACK_EVERY) return;
    unacked = 0;
    from.send(JSON.stringify({ action: "ack", seq }));
  }

  function drop(current: WebSocket) {
    if (closed || current !== socket) return;
    const wasInStep = attempts === 0;
    quiet();
    socket = null;
    current.onclose = null;
    current.close();
    if (wasInStep) onLink({ is: "cut-off", since: Date.now() });
    // Whoever was told may have had enough.
    if (closed) return;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempts);
    attempts++;
    reopen = setTimeout(connect, wait * (0.5 + random() / 2));
  }

  function quiet() {
    clearInterval(pulse);
    clearTimeout(unanswered);
    clearTimeout(reopen);
    unanswered = undefined;
  }

  function stop(then?: () => void) {
    closed = true;
    quiet();
    if (socket) {
      socket.onclose = null;
      socket.close();
    }
    globalThis.removeEventListener?.("online", hurry);
    globalThis.removeEventListener?.("offline", giveUp);
    then?.();
  }

  /** The network is back: no reason to wait out the rest. */
  function hurry() {
    if (!closed && socket === null) connect();
  }

  /** The network is gone: the line is dead, though nothing would tell so before the next ping. */
  function giveUp() {
    if (socket) drop(socket);
  }

  globalThis.addEventListener?.("online", hurry);
  globalThis.addEventListener?.("offline", giveUp);
  connect();
  return {
    send(action) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(action));
      return true;
    },
    close: () => stop(),
  };
}

/** Text as JSON; null where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
