import type { LiveFrame } from "@earwitness/shared";

/** Whether the page hears of changes as they happen. `since` is when it began, in ms of the epoch. */
export type LinkState = { is: "joining" } | { is: "in-step"; since: number } | { is: "cut-off"; since: number };

const PING = "ping";
const PONG = "pong";
const PING_EVERY_MS = 30_000;
/** A line that does not answer a ping within this is dead, whatever the browser thinks of it. */
const PONG_WITHIN_MS = 10_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** Nobody is signed in any more: asking again would be refused again. Stated in the contract's `LIVE_CLOSE`. */
const UNAUTHENTICATED = 4401;

export interface LiveSocketOptions {
  url: string;
  read: (data: string) => Promise<LiveFrame | null>;
  onFrame: (frame: LiveFrame) => void;
  onLink: (state: LinkState) => void;
  onSignedOut: () => void;
  /** The seams that a test holds still. */
  open?: (url: string) => WebSocket;
  random?: () => number;
}

/**
 * Keeps one socket of live news open until the returned function is called. A lost one is opened again, after a wait that
 * doubles up to 15 s and varies so that a thousand browsers do not come back at once, and resumes after the last sequence
 * number that it heard. Frames are handed on in order, each once.
 */
export function openLiveSocket(options: LiveSocketOptions): () => void {
  const { url, read, onFrame, onLink, onSignedOut, open = (at) => new WebSocket(at), random = Math.random } = options;
  let socket: WebSocket | null = null;
  let lastSeq: number | null = null;
  let attempts = 0;
  let closed = false;
  let reopen: ReturnType<typeof setTimeout> | undefined;
  let pulse: ReturnType<typeof setInterval> | undefined;
  let unanswered: ReturnType<typeof setTimeout> | undefined;
  let inOrder: Promise<void> = Promise.resolve();

  function connect() {
    clearTimeout(reopen);
    const current = open(lastSeq === null ? url : `${url}?after=${lastSeq}`);
    socket = current;
    current.onopen = () => {
      pulse = setInterval(() => {
        current.send(PING);
        unanswered ??= setTimeout(() => drop(current), PONG_WITHIN_MS);
      }, PING_EVERY_MS);
    };
    current.onmessage = ({ data }) => {
      clearTimeout(unanswered);
      unanswered = undefined;
      if (typeof data === "string" && data !== PONG) hear(current, data);
    };
    current.onclose = ({ code }) => (code === UNAUTHENTICATED ? stop(onSignedOut) : drop(current));
  }

  function hear(from: WebSocket, data: string) {
    // Reading may wait for the parser's file; the chain keeps the frames in the order in which they came.
    inOrder = inOrder.then(async () => {
      const frame = await read(data);
      if (!frame || closed || from !== socket) return;
      if (frame.type === "hello") {
        attempts = 0;
        onLink({ is: "in-step", since: Date.now() });
      }
      lastSeq = Math.max(lastSeq ?? 0, frame.seq);
      onFrame(frame);
    });
  }

  function drop(current: WebSocket) {
    if (closed || current !== socket) return;
    const wasInStep = attempts === 0;
    quiet();
    socket = null;
    current.onclose = null;
    current.close();
    if (wasInStep) onLink({ is: "cut-off", since: Date.now() });
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
    then?.();
  }

  /** The network is back: no reason to wait out the rest. */
  function hurry() {
    if (!closed && socket === null) connect();
  }

  globalThis.addEventListener?.("online", hurry);
  connect();
  return () => stop();
}
