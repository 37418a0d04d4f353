import { once } from "node:events";
import { CallList, LIVE_ACK_EVERY, LiveFrame } from "@earwitness/shared";
import type { OpenWorkspace } from "@earwitness/tooling";
import WebSocket from "ws";
import type { Probe } from "./live-orders.ts";

/** A browser that watches its workspace, as the list of calls does. */
export interface Watcher {
  /** For each probe: from its first notice being posted to the first message about its call. Throws where none came. */
  delaysMs(probes: readonly Probe[]): Promise<number[]>;
  close(): void;
}

/** Opens its socket at the API, with a session's cookie. Close it. */
export async function startWatcher(options: {
  apiUrl: string;
  cookie: string;
  client: OpenWorkspace["client"];
}): Promise<Watcher> {
  const { apiUrl, cookie, client } = options;
  const heardAtMs = new Map<string, number>();
  const headers = { cookie, origin: apiUrl };
  const socket = new WebSocket(`${apiUrl.replace(/^http/, "ws")}/live`, { headers, perMessageDeflate: false });
  socket.on("message", (data: Buffer) => {
    const atMs = performance.timeOrigin + performance.now();
    const frame = LiveFrame.parse(JSON.parse(data.toString()));
    if (frame.type !== "changed") return;
    if (frame.callId !== null && !heardAtMs.has(frame.callId)) heardAtMs.set(frame.callId, atMs);
    if (frame.seq % LIVE_ACK_EVERY === 0) socket.send(JSON.stringify({ action: "ack", seq: frame.seq }));
  });
  let closed: string | null = null;
  socket.on("close", (code, reason) => {
    closed = `${code} ${reason}`;
  });
  await once(socket, "open");
  return {
    async delaysMs(probes) {
      if (closed !== null) throw new Error(`The browser's socket was closed: ${closed}`);
      const delays: number[] = [];
      for (const { from, sentMs } of probes) {
        const { calls } = await client.request(CallList, "GET", `/v1/calls?number=${encodeURIComponent(from)}`);
        const atMs = heardAtMs.get(calls[0]?.id ?? "");
        if (atMs === undefined) throw new Error(`The browser was not told of the call from ${from}`);
        delays.push(atMs - sentMs);
      }
      return delays;
    },
    close: () => socket.terminate(),
  };
}
