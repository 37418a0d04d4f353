import type { CallFrame } from "@earwitness/shared";
import { leaveForSignIn } from "../api/sign-in-address.ts";
import { openCallSocket } from "./call-socket.ts";
import { LevelHistory } from "./level-history.ts";
import { liveAddress } from "./live-address.ts";
import { applyFrame, type LiveCall, NOTHING_HEARD } from "./live-call.ts";
import { afterPaint } from "./paint.ts";
import type { LinkState } from "./resuming-socket.ts";

/** How far back levels are kept for drawing. */
export const LEVELS_KEPT_MS = 60_000;

export type Listening = Extract<CallFrame, { type: "listening" }>;

/** What is shown of a live call at one moment. */
export interface LiveCallView {
  call: LiveCall;
  link: LinkState;
  /** When the last frame or answer came, in ms of the epoch by our clock: times go on from there. */
  heardAt: number | null;
  /** The call is no more, or not ours: the server said so, and it is not asked again. */
  isGone: boolean;
  /** How long each caption took to be painted here, in ms, by its id. */
  paintMs: ReadonlyMap<string, number>;
}

/**
 * One live call as this page follows it, whoever shows it: the row of the wall and the pane beside it share one socket. What
 * changes with words and deeds is a view that components subscribe to; levels and sound come too often for that and are
 * handed on as they come.
 */
export interface CallLink {
  getView(): LiveCallView;
  subscribe(tell: () => void): () => void;
  /** The levels of the last minute, as far as this page heard them. */
  readonly levels: LevelHistory;
  onSound(hear: (data: ArrayBuffer) => void): () => void;
  onListening(hear: (frame: Listening) => void): () => void;
  /** Each time that the line came up, the first time included if that is still to come. */
  onJoined(hear: () => void): () => void;
  listen(on: boolean): boolean;
  /** A final caption stands on the screen: measures it once, unless it was said before this page came. */
  measurePaint(captionId: string): void;
  /** The server's clock in ms of the epoch, ours until it has been asked. */
  now(): number;
  close(): void;
}

/** Opens the link to a call; it is closed by `close`. */
export function openCallLink(callId: string): CallLink {
  let view: LiveCallView = {
    call: NOTHING_HEARD,
    link: { is: "joining" },
    heardAt: null,
    isGone: false,
    paintMs: new Map(),
  };
  const listeners = new Set<() => void>();
  const levels = new LevelHistory(LEVELS_KEPT_MS);
  const [sound, listening, joined] = [hearers<ArrayBuffer>(), hearers<Listening>(), hearers<void>()];
  const measured = new Set<string>();

  function show(change: Partial<LiveCallView>) {
    view = { ...view, ...change };
    for (const tell of listeners) tell();
  }

  const socket = openCallSocket({
    url: liveAddress(callId),
    onLink: (link) => {
      // Of a call that is over nothing more is told: its room lets go of those who watched, and need not be found again.
      if (link.is === "cut-off" && view.call.state?.phase === "ended") socket.close();
      else show({ link });
    },
    onSignedOut: () => leaveForSignIn(true),
    onGone: () => show({ isGone: true }),
    onSound: sound.tell,
    onFrame: (frame) => {
      if (frame.type === "hello") return joined.tell();
      if (frame.type === "levels") return levels.add(frame);
      if (frame.type === "listening") return listening.tell(frame);
      show({ call: applyFrame(view.call, frame), heardAt: Date.now() });
    },
  });

  return {
    getView: () => view,
    subscribe(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    levels,
    onSound: sound.add,
    onListening: listening.add,
    onJoined: joined.add,
    listen: socket.listen,
    measurePaint(captionId) {
      if (measured.has(captionId) || view.call.alreadySaid.has(captionId)) return;
      measured.add(captionId);
      afterPaint(() => {
        const heardAtMs = view.call.captions.find(({ id }) => id === captionId)?.heardAtMs ?? null;
        const now = socket.serverNow();
        if (heardAtMs === null || now === null || now < heardAtMs) return;
        socket.tellPainted(captionId, now - heardAtMs);
        show({ paintMs: new Map(view.paintMs).set(captionId, now - heardAtMs) });
      });
    },
    now: () => socket.serverNow() ?? Date.now(),
    close: socket.close,
  };
}

/** Those who hear what comes too often to be drawn by React. */
function hearers<What>() {
  const all = new Set<(what: What) => void>();
  return {
    add(hear: (what: What) => void) {
      all.add(hear);
      return () => void all.delete(hear);
    },
    tell(what: What) {
      for (const hear of all) hear(what);
    },
  };
}
