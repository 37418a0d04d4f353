import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { CallList, LIVE_ACK_EVERY, LiveFrame } from "@earwitness/shared";
import type { OpenWorkspace } from "@earwitness/tooling";
import WebSocket from "ws";
import type { Probe } from "./live-orders.ts";

/** A browser that watches its workspace, as the list of calls does. */
export interface Watcher {
  /** What became of each probe. Waits for those that are late, but not for ever. */
  whenHeard(probes: readonly Probe[]): Promise<Heard>;
  close(): void;
}

export interface Heard {
  /** For each probe: from its first notice being posted to the first message about its call; of one without, how long it was waited for. */
  delaysMs: number[];
  /** Probes whose call the browser was never told of. */
  eventsNotHeard: number;
  /** Times that its socket was closed, and opened again. */
  timesReopened: number;
}

/** What is not heard so long after the last probe's round will not be. */
const LATE_MS = 60_000;
const LOOK_EVERY_MS = 1000;
const REOPEN_AFTER_MS = 500;

/** Opens its socket at the API, with a session's cookie. Close it. */
export async function startWatcher(options: {
  apiUrl: string;
  cookie: string;
  client: OpenWorkspace["client"];
}): Promise<Watcher> {
  const { apiUrl, cookie, client } = options;
  const heardAtMs = new Map<string, number>();
  let [isOver, timesReopened] = [false, 0];
  const open = () => {
    const headers = { cookie, origin: apiUrl };
    const opened = new WebSocket(`${apiUrl.replace(/^http/, "ws")}/live`, { headers, perMessageDeflate: false });
    opened.on("message", (data: Buffer) => {
      const atMs = nowMs();
      const frame = LiveFrame.parse(JSON.parse(data.toString()));
      if (frame.type !== "changed") return;
      if (frame.callId !== null && !heardAtMs.has(frame.callId)) heardAtMs.set(frame.callId, atMs);
      if (frame.seq % LIVE_ACK_EVERY === 0) opened.send(JSON.stringify({ action: "ack", seq: frame.seq }));
    });
    opened.on("error", () => undefined);
    opened.on("close", () => {
      if (isOver) return;
      timesReopened += 1;
      setTimeout(() => {
        socket = open();
      }, REOPEN_AFTER_MS);
    });
    return opened;
  };
  let socket = open();
  await once(socket, "open");

  const heardOf = async ({ from }: Probe) => {
    const { calls } = await client.request(CallList, "GET", `/v1/calls?number=${encodeURIComponent(from)}`);
    return heardAtMs.get(calls[0]?.id ?? "") ?? null;
  };
  return {
    async whenHeard(probes) {
      const untilMs = nowMs() + LATE_MS;
      const delaysMs: number[] = [];
      let eventsNotHeard = 0;
      for (const probe of probes) {
        let atMs = await heardOf(probe);
        for (; atMs === null && nowMs() < untilMs; atMs = await heardOf(probe)) await sleep(LOOK_EVERY_MS);
        if (atMs === null) eventsNotHeard += 1;
        delaysMs.push((atMs ?? nowMs()) - probe.sentMs);
      }
      return { delaysMs, eventsNotHeard, timesReopened };
    },
    close() {
      isOver = true;
      socket.terminate();
    },
  };
}

function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
