import { setTimeout as sleep } from "node:timers/promises";
import { processUsage } from "../media/process-usage.ts";
import type { HeardReport, TranscriberPeer } from "../media/transcriber.ts";
import type { LiveCarrier } from "./carrier.ts";
import type { Probe, Streamed } from "./live-orders.ts";

export interface LiveRound {
  sent: Streamed;
  heard: HeardReport;
  cpuMs: number;
  /** Beyond what the process held before the calls. */
  grownBytes: number;
  probes: Probe[];
}

/** Calls open their sockets one after another; what is measured begins when all have, and ends before the first is over. */
export const LEAD_S = 5;
const PROBE_EVERY_MS = 500;
/** What is on its way when the last frame has left arrives meanwhile; a room says its last within ten seconds. */
const SETTLE_MS = 3000;

/** Streams what `begin` begins and measures for `seconds`, ringing in once more every half second where `isProbed`. */
export async function measureRound(options: {
  carrier: LiveCarrier;
  transcriber: TranscriberPeer;
  pid: number;
  seconds: number;
  isProbed: boolean;
  begin: () => Promise<void>;
}): Promise<LiveRound> {
  const { carrier, transcriber, pid, seconds } = options;
  const idle = processUsage(pid);
  await options.begin();
  await transcriber.forgetLatencies();
  const before = processUsage(pid);
  const overMs = performance.now() + seconds * 1000;
  const probes: Probe[] = [];
  while (performance.now() < overMs) {
    if (options.isProbed) probes.push(await carrier.probe());
    await sleep(PROBE_EVERY_MS);
  }
  const after = processUsage(pid);
  const sent = await carrier.finish();
  await sleep(SETTLE_MS);
  return {
    sent,
    heard: await transcriber.report(),
    cpuMs: after.cpuMs - before.cpuMs,
    grownBytes: after.residentBytes - idle.residentBytes,
    probes,
  };
}
