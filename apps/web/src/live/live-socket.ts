import { LiveFrame } from "../api/contract.ts";
import { type LinkState, openResumingSocket, parseJson } from "./resuming-socket.ts";

export interface LiveSocketOptions {
  url: string;
  onFrame: (frame: LiveFrame) => void;
  onLink: (state: LinkState) => void;
  onSignedOut: () => void;
  /** The seams that a test holds still. */
  open?: (url: string) => WebSocket;
  random?: () => number;
}

/** Keeps the socket of the workspace's news open until the returned function is called; it resumes after the last number that it heard. */
export function openLiveSocket({ onFrame, ...options }: LiveSocketOptions): () => void {
  let lastSeq: number | null = null;
  const socket = openResumingSocket<LiveFrame>({
    ...options,
    read: (data) => LiveFrame.safeParse(parseJson(data)).data ?? null,
    after: () => (lastSeq === null ? null : String(lastSeq)),
    seqOf: (frame) => (frame.type === "changed" ? frame.seq : null),
    onFrame: (frame) => {
      lastSeq = Math.max(lastSeq ?? 0, frame.seq);
      onFrame(frame);
    },
  });
  return () => socket.close();
}
