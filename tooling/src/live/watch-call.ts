import {
  CallFrame,
  type Caption,
  LIVE_ACK_EVERY,
  type LiveAction,
  type LiveCallState,
  type LiveMark,
} from "@earwitness/shared";
import WebSocket from "ws";

/** What a watcher has seen of a call, put together as a browser does. */
export interface WatchedCall {
  readonly captions: ReadonlyMap<string, Caption>;
  readonly marks: ReadonlyMap<string, LiveMark>;
  readonly state: LiveCallState | null;
  /** Numbers of the frames that must not be missed, as they came: without holes unless there was a `reset`. */
  readonly heard: readonly number[];
  readonly resets: number;
  /** How each socket so far was closed. */
  readonly closes: readonly number[];
  /** Ms from a frame's caption being heard to its arrival here, by this machine's clock. */
  readonly latenciesMs: readonly number[];
  /** Cuts the line, and comes back as a browser does. */
  reconnect(): Promise<void>;
  close(): void;
}

/** Frames that are worth nothing later; they carry the number of the last one before them. */
const PASSING: ReadonlySet<CallFrame["type"]> = new Set([
  "hello",
  "reset",
  "snapshot",
  "levels",
  "clock",
  "latency",
  "listening",
]);

/** Watches a call over `/live?call=`, as a signed-in browser does, until it is closed. Resolves with the first snapshot. */
export async function watchCall(options: {
  apiUrl: string;
  origin: string;
  cookie: string;
  callId: string;
}): Promise<WatchedCall> {
  const seen = {
    captions: new Map<string, Caption>(),
    marks: new Map<string, LiveMark>(),
    heard: [] as number[],
    closes: [] as number[],
    latenciesMs: [] as number[],
  };
  const now: { state: LiveCallState | null; resets: number } = { state: null, resets: 0 };
  let epoch: string | null = null;
  let lastSeq = 0;
  let socket: WebSocket | null = null;
  const say = (action: LiveAction) => socket?.send(JSON.stringify(action));

  function hear(frame: CallFrame): void {
    if (frame.type === "hello") epoch = frame.epoch;
    if (frame.type === "reset") now.resets++;
    if (frame.type === "snapshot") {
      seen.captions.clear();
      seen.marks.clear();
      for (const caption of frame.captions) seen.captions.set(caption.id, caption);
      for (const mark of frame.marks) seen.marks.set(mark.id, mark);
    }
    if (frame.type === "snapshot" || frame.type === "state") now.state = frame.state;
    if (frame.type === "mark") seen.marks.set(frame.mark.id, frame.mark);
    if (frame.type === "caption") {
      seen.captions.set(frame.caption.id, frame.caption);
      if (frame.caption.heardAtMs !== null) seen.latenciesMs.push(Date.now() - frame.caption.heardAtMs);
    }
    if (!PASSING.has(frame.type)) seen.heard.push(frame.seq);
    lastSeq = frame.seq;
    if (!PASSING.has(frame.type) && frame.seq % LIVE_ACK_EVERY === 0) say({ action: "ack", seq: frame.seq });
  }

  async function connect(): Promise<void> {
    const url = new URL(`${options.apiUrl.replace(/^http/, "ws")}/live`);
    url.searchParams.set("call", options.callId);
    if (epoch !== null) url.searchParams.set("after", `${epoch}.${lastSeq}`);
    const current = new WebSocket(url, { headers: { cookie: options.cookie, origin: options.origin } });
    socket = current;
    await new Promise<void>((resolve, reject) => {
      current.on("message", (data, isBinary) => {
        if (isBinary || current !== socket) return;
        const text = String(data);
        if (text === "pong") return;
        const frame = CallFrame.parse(JSON.parse(text));
        hear(frame);
        // A first socket has all there is with its snapshot; one that resumes has greeted.
        if (frame.type === "snapshot" || (frame.type === "hello" && now.state !== null)) resolve();
      });
      current.on("close", (code) => {
        seen.closes.push(code);
        reject(new Error(`The live socket was closed with ${code}.`));
      });
      current.on("error", reject);
    });
  }

  await connect();
  return {
    ...seen,
    get state() {
      return now.state;
    },
    get resets() {
      return now.resets;
    },
    async reconnect() {
      const before = socket;
      socket = null;
      before?.removeAllListeners("close");
      before?.terminate();
      await connect();
    },
    close() {
      socket?.removeAllListeners("close");
      socket?.close();
    },
  };
}
