import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { hundredths, quantile, quantiles } from "../media/quantile.ts";
import { startTranscriberPeer } from "../media/transcriber.ts";
import { startLiveCarrier } from "./carrier.ts";
import { type LiveRound, measureRound } from "./measure-round.ts";
import { startLive } from "./start-live.ts";
import type { Heard } from "./watcher.ts";

interface Path {
  /** From a message's last frame leaving the carrier to the message reaching the transcriber. */
  latencyMs: { p50: number; p99: number };
  cpuMsPerCallMinute: number;
  memoryPerCallKiB: number;
  framesSent: number;
  framesLost: number;
  /** Calls, or pipes, that did not come to speak. */
  callsNotStreamed: number;
  /** Half of the messages took longer than the sound in a pack lasts: frames came faster than they were passed on. */
  isSaturated: boolean;
  /** What the generator itself was late by. */
  carrierLateMsP99: number;
}

export interface LiveResult {
  calls: number;
  seconds: number;
  rounds: number;
  /** What the rooms take longer than a bare pipe on the same workerd, beyond the packing interval. */
  addedLatencyMs: { p50: number; p99: number };
  framesSent: number;
  framesLost: number;
  framesTwice: number;
  /** Calls that nobody had answered by the end. */
  callsNotAnswered: number;
  /** Times that a notice was not taken, and was posted again. */
  noticesRefused: number;
  /** Streams that were lost and begun again. */
  timesReopened: number;
  cpuMsPerCallMinute: number;
  memoryPerCallKiB: number;
  /**
   * From a carrier's notice being posted to the browser's message about its call. Of the `notHeard` of them that never came, it
   * is the time for which they were waited for.
   */
  eventToBrowserMs: { p50: number; p95: number; count: number; notHeard: number };
  /** Times that the browser's socket was closed on it. */
  browserReopened: number;
  rooms: Path;
  pipe: Path;
}

/** Rounds of either kind take turns, so that what else the machine does meanwhile weighs on both alike. */
const ROUNDS = 2;
const WARM_UP_S = 3;
const PACK_MS = 100;
/** 50 a second on each of two tracks. */
const FRAMES_A_MINUTE = 6000;

/**
 * Has `calls` calls talk at once through the whole product, both tracks at 50 frames a second, and beside it the same sound through
 * a bare WebSocket pipe on the same workerd. All of it is real but the carrier and the transcriber, which are lean ones of the
 * benchmark's own. What does not come in time because there are too many calls is counted; the figures say so.
 */
export async function benchLive(options: {
  calls: number;
  seconds: number;
  tell: (line: string) => void;
}): Promise<LiveResult> {
  const { calls, seconds, tell } = options;
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-bench-"));
  const closers: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const transcriber = await startTranscriberPeer();
    closers.push(transcriber.close);
    const carrier = await startLiveCarrier();
    closers.push(carrier.close);
    tell("Starting the stack");
    const live = await startLive(folder, carrier, transcriber.url);
    closers.push(live.close);

    let rounds = 0;
    const round = (kind: "rooms" | "pipe", count: number, forSeconds: number) => {
      const n = ++rounds;
      return measureRound({
        carrier,
        transcriber,
        pid: live.pid,
        round: n,
        seconds: forSeconds,
        isProbed: kind === "rooms",
        begin: () => (kind === "rooms" ? carrier.beginCalls(n, count) : carrier.beginPipes(n, live.pipeUrl, count)),
      });
    };
    tell("Warming up");
    await round("pipe", 1, WARM_UP_S);
    await round("rooms", 1, WARM_UP_S);
    const measured: { rooms: LiveRound[]; pipe: LiveRound[] } = { rooms: [], pipe: [] };
    for (let n = 1; n <= ROUNDS; n++) {
      tell(`Round ${n} of ${ROUNDS}: ${calls} streams for ${seconds} s through the pipe`);
      measured.pipe.push(await round("pipe", calls, seconds));
      tell(`Round ${n} of ${ROUNDS}: ${calls} calls for ${seconds} s through their rooms`);
      measured.rooms.push(await round("rooms", calls, seconds));
    }
    tell("Waiting for what the browser has not been told yet");
    const heard = await live.watcher.whenHeard(measured.rooms.flatMap(({ probes }) => probes));
    return summarise(measured, heard, { calls, seconds });
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

function summarise(
  rounds: { rooms: LiveRound[]; pipe: LiveRound[] },
  browser: Heard,
  { calls, seconds }: { calls: number; seconds: number },
): LiveResult {
  const [rooms, pipe] = [pathOf(rounds.rooms, calls), pathOf(rounds.pipe, calls)];
  const { delaysMs, eventsNotHeard, timesReopened: browserReopened } = browser;
  return {
    calls,
    seconds,
    rounds: ROUNDS,
    addedLatencyMs: {
      p50: hundredths(rooms.latencyMs.p50 - pipe.latencyMs.p50),
      p99: hundredths(rooms.latencyMs.p99 - pipe.latencyMs.p99),
    },
    framesSent: rooms.framesSent,
    framesLost: rooms.framesLost,
    framesTwice: sumOf(rounds.rooms, ({ heard }) => heard.framesTwice),
    callsNotAnswered: sumOf(rounds.rooms, ({ sent }) => sent.callsNotAnswered),
    noticesRefused: sumOf(rounds.rooms, ({ sent }) => sent.noticesRefused),
    timesReopened: sumOf(rounds.rooms, ({ sent }) => sent.timesReopened),
    cpuMsPerCallMinute: rooms.cpuMsPerCallMinute,
    memoryPerCallKiB: rooms.memoryPerCallKiB,
    eventToBrowserMs: {
      p50: hundredths(quantile(delaysMs, 0.5)),
      p95: hundredths(quantile(delaysMs, 0.95)),
      count: delaysMs.length,
      notHeard: eventsNotHeard,
    },
    browserReopened,
    rooms,
    pipe,
  };
}

function pathOf(rounds: readonly LiveRound[], calls: number): Path {
  const callMinutes = sumOf(rounds, ({ framesSaid }) => framesSaid) / FRAMES_A_MINUTE;
  const latencyMs = quantiles(rounds.flatMap(({ heard }) => heard.latenciesMs));
  const framesSent = sumOf(rounds, ({ sent }) => sent.framesSent + sent.framesMissed);
  return {
    latencyMs,
    cpuMsPerCallMinute: hundredths(sumOf(rounds, ({ cpuMs }) => cpuMs) / callMinutes),
    // Later rounds fill what the first one has grown.
    memoryPerCallKiB: Math.round(Math.max(...rounds.map(({ grownBytes }) => grownBytes)) / calls / 1024),
    framesSent,
    framesLost: framesSent - sumOf(rounds, ({ heard }) => heard.framesHeard),
    callsNotStreamed: sumOf(rounds, ({ sent }) => sent.callsNotStreamed),
    isSaturated: latencyMs.p50 > PACK_MS,
    carrierLateMsP99: hundredths(Math.max(...rounds.map(({ sent }) => sent.lateMsP99 ?? 0))),
  };
}

function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
