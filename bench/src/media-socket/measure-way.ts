import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Carrier } from "../media/carrier.ts";
import { processUsage, type Usage } from "../media/process-usage.ts";
import { hundredths } from "../media/quantile.ts";
import type { TranscriberPeer } from "../media/transcriber.ts";
import type { Ways } from "./start-ways.ts";
import type { RoomWay, Way } from "./ways.ts";

export const RoomCount = z.object({
  messagesIn: z.int(),
  listeningMs: z.number(),
  rowsWritten: z.int(),
  framesKept: z.int(),
});
export type RoomCount = z.infer<typeof RoomCount>;

/** One run of one way, on a workerd that ran nothing before. */
export interface WayRun {
  latenciesMs: number[];
  framesSent: number;
  framesLost: number;
  cpuMsPerCallMinute: number;
  memoryPerCallKiB: number;
  /** What one call's object counted; null for the pipe, which has none. */
  room: RoomCount | null;
  carrierLateMsP99: number;
}

const SETTLE_MS = 1000;
const SAMPLE_MS = 500;
const MINUTE_S = 60;

/** Streams `calls` at once for `seconds` over one way, after one call that warms it up. Throws when a socket cannot be opened. */
export async function measureWay(options: {
  way: Way;
  ways: Ways;
  carrier: Carrier;
  transcriber: TranscriberPeer;
  calls: number;
  seconds: number;
}): Promise<WayRun> {
  const { way, ways, carrier, transcriber, calls, seconds } = options;
  const url = (name: string) => `${ways.doorUrl.replace("http", "ws")}/${way}/${name}`;
  // One call first, so that what a worker needs once is not counted on the calls.
  await carrier.stream({ urls: [url("warm-up")], seconds: 2, reopens: false, lingerMs: 0 });
  await transcriber.report();
  await sleep(SETTLE_MS);

  const before = processUsage(ways.pids.door);
  const memory = watchMemory(ways.pids.door);
  const urls = Array.from({ length: calls }, (_, call) => url(String(call)));
  const sent = await carrier.stream({ urls, seconds, reopens: false, lingerMs: 0 });
  const after: Usage = processUsage(ways.pids.door);
  const peakBytes = memory.stop();
  await sleep(SETTLE_MS);
  const heard = await transcriber.report();
  return {
    latenciesMs: heard.latenciesMs,
    framesSent: sent.framesSent,
    framesLost: sent.framesSent - heard.framesHeard,
    cpuMsPerCallMinute: hundredths((after.cpuMs - before.cpuMs) / calls / (seconds / MINUTE_S)),
    memoryPerCallKiB: Math.round((peakBytes - before.residentBytes) / calls / 1024),
    room: way === "pipe" ? null : RoomCount.parse(await ways.ask(way satisfies RoomWay, 0, "count")),
    carrierLateMsP99: sent.lateMsP99,
  };
}

/** Looks at how much a process holds, twice a second, until it is told to stop. */
function watchMemory(pid: number): { stop(): number } {
  let peakBytes = 0;
  const look = () => {
    peakBytes = Math.max(peakBytes, processUsage(pid).residentBytes);
  };
  const timer = setInterval(look, SAMPLE_MS);
  return {
    stop() {
      clearInterval(timer);
      look();
      return peakBytes;
    },
  };
}
