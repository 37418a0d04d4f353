import { once } from "node:events";
import { LIVE_ACK_EVERY, LiveFrame, TranscriptView } from "@earwitness/shared";
import type { OpenWorkspace } from "@earwitness/tooling";
import WebSocket from "ws";

/** A call's page that is open in a browser: told of changes over its socket, it fetches the words anew. */
export interface Screen {
  /** When the exact words were there, ms since the epoch. Throws when they are not within `withinMs`. */
  readonly wordsAtMs: Promise<number>;
  close(): void;
}

/** Opens it for one call, as a signed-in browser does. Close it. */
export async function openScreen(options: {
  apiUrl: string;
  workspace: OpenWorkspace;
  callId: string;
  withinMs: number;
}): Promise<Screen> {
  const { apiUrl, workspace, callId, withinMs } = options;
  const headers = { cookie: workspace.cookie, origin: apiUrl };
  const socket = new WebSocket(`${apiUrl.replace(/^http/, "ws")}/live`, { headers, perMessageDeflate: false });
  socket.on("error", () => undefined);
  let isDone = false;

  async function look(): Promise<number | null> {
    const response = await workspace.client.fetch(`/v1/calls/${callId}/transcript`);
    if (!response.ok) return null;
    const { kind, state, utterances } = TranscriptView.parse(await response.json());
    return kind === "exact" && state === "ready" && utterances.length > 0 ? Date.now() : null;
  }

  const wordsAtMs = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Call ${callId} has no words after ${withinMs} ms`)), withinMs);
    socket.on("message", (data: Buffer) => {
      const frame = LiveFrame.parse(JSON.parse(data.toString()));
      if (frame.type !== "changed" || isDone) return;
      if (frame.seq % LIVE_ACK_EVERY === 0) socket.send(JSON.stringify({ action: "ack", seq: frame.seq }));
      if (frame.callId !== callId) return;
      look().then((atMs) => {
        if (atMs === null || isDone) return;
        isDone = true;
        clearTimeout(timer);
        resolve(atMs);
      }, reject);
    });
  });
  await once(socket, "open");
  return { wordsAtMs, close: () => socket.terminate() };
}
