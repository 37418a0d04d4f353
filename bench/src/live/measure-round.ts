import { setTimeout as sleep } from "node:timers/promises";
import { processUsage } from "../media/process-usage.ts";
import type { HeardReport, TranscriberPeer } from "../media/transcriber.ts";
import type { LiveCarrier } from "./carrier.ts";
import type { Finished, Probe } from "./live-orders.ts";

export interface LiveRound {
  sent: Finished;
  heard: HeardReport;
  cpuMs: number;
  /** Frames of both tracks whose time came while the processor was watched. */
  framesSaid: number;
  /** Beyond what the process held before the calls. */
  grownBytes: number;
  probes: Probe[];
}

const PROBE_EVERY_MS = 500;
/** What is on its way when the last frame has left arrives meanwhile; a room says its last within ten seconds. */
const SETTLE_MS = 3000;

/** What too many calls have left to do is not to weigh on the next round; but it is not waited for longer than this. */
const QUIET_WITHIN_MS = 60_000;
const QUIET_CPU_SHARE = 0.2;
const LOOK_EVERY_MS = 1000;

/**
 * Streams what `begin` begins and measures for `seconds`, ringing in once more every half second where `isProbed`. Calls begin
 * one after another; what is measured begins when all have, and ends before the first is over.
 */
export async function measureRound(options: {
  carrier: LiveCarrier;
  transcriber: TranscriberPeer;
  pid: number;
  /** Frames say of which round they are. */
  round: number;
  seconds: number;
  isProbed: boolean;
  begin: () => Promise<void>;
}): Promise<LiveRound> {
  const { carrier, transcriber, pid, seconds } = options;
  await untilQuiet(pid);
  await transcriber.beginRound(options.round);
  const idle = processUsage(pid);
  await options.begin();
  await transcriber.forgetLatencies();
  const [before, saidBefore] = [processUsage(pid), await carrier.soFar()];
  const overMs = performance.now() + seconds * 1000;
  const probes: Probe[] = [];
  while (performance.now() < overMs) {
    if (options.isProbed) probes.push(await carrier.probe());
    await sleep(PROBE_EVERY_MS);
  }
  const [after, saidAfter] = [processUsage(pid), await carrier.soFar()];
  const sent = await carrier.finish();
  await sleep(SETTLE_MS);
  return {
    sent,
    heard: await transcriber.report(),
    cpuMs: after.cpuMs - before.cpuMs,
    framesSaid: saidAfter.framesSaid - saidBefore.framesSaid,
    grownBytes: after.residentBytes - idle.residentBytes,
    probes,
  };
}

async function untilQuiet(pid: number): Promise<void> {
  const untilMs = performance.now() + QUIET_WITHIN_MS;
  for (let last = processUsage(pid).cpuMs; performance.now() < untilMs; ) {
    await sleep(LOOK_EVERY_MS);
    const { cpuMs } = processUsage(pid);
    if (cpuMs - last < LOOK_EVERY_MS * QUIET_CPU_SHARE) return;
    last = cpuMs;
  }
}
