import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { hundredths, quantile, quantiles } from "../media/quantile.ts";
import { startTranscriberPeer } from "../media/transcriber.ts";
import { startLiveCarrier } from "./carrier.ts";
import { LEAD_S, type LiveRound, measureRound } from "./measure-round.ts";
import { startLive } from "./start-live.ts";

interface Path {
  /** From a message's last frame leaving the carrier to the message reaching the transcriber. */
  latencyMs: { p50: number; p99: number };
  cpuMsPerCallMinute: number;
  memoryPerCallKiB: number;
  framesSent: number;
  framesLost: number;
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
  /** Streams that were lost and begun again. */
  timesReopened: number;
  cpuMsPerCallMinute: number;
  memoryPerCallKiB: number;
  /** From a carrier's notice being posted to the browser's message about its call. */
  eventToBrowserMs: { p50: number; p95: number; count: number };
  rooms: Path;
  pipe: Path;
  /** What the generator itself was late by. */
  carrierLateMsP99: number;
}

/** Rounds of either kind take turns, so that what else the machine does meanwhile weighs on both alike. */
const ROUNDS = 2;
const WARM_UP_S = 3;

/**
 * Has `calls` calls talk at once through the whole product, both tracks at 50 frames a second, and beside it the same sound through
 * a bare WebSocket pipe on the same workerd. All of it is real but the carrier and the transcriber, which are lean ones of the
 * benchmark's own. Throws when a call cannot be streamed.
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

    const round = (kind: "rooms" | "pipe", count: number, forSeconds: number) =>
      measureRound({
        carrier,
        transcriber,
        pid: live.pid,
        seconds: forSeconds,
        isProbed: kind === "rooms",
        begin: () =>
          kind === "rooms"
            ? carrier.beginCalls(count, forSeconds + LEAD_S)
            : carrier.beginPipes(live.pipeUrl, count, forSeconds + LEAD_S),
      });
    tell("Warming up");
    await round("pipe", 1, WARM_UP_S);
    await round("rooms", 1, WARM_UP_S);
    const rounds: { rooms: LiveRound[]; pipe: LiveRound[] } = { rooms: [], pipe: [] };
    for (let n = 1; n <= ROUNDS; n++) {
      tell(`Round ${n} of ${ROUNDS}: ${calls} streams for ${seconds} s through the pipe`);
      rounds.pipe.push(await round("pipe", calls, seconds));
      tell(`Round ${n} of ${ROUNDS}: ${calls} calls for ${seconds} s through their rooms`);
      rounds.rooms.push(await round("rooms", calls, seconds));
    }
    const delays = await live.watcher.delaysMs(rounds.rooms.flatMap(({ probes }) => probes));
    return summarise(rounds, delays, { calls, seconds });
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

function summarise(
  rounds: { rooms: LiveRound[]; pipe: LiveRound[] },
  delays: readonly number[],
  { calls, seconds }: { calls: number; seconds: number },
): LiveResult {
  const [rooms, pipe] = [pathOf(rounds.rooms, calls, seconds), pathOf(rounds.pipe, calls, seconds)];
  const all = [...rounds.rooms, ...rounds.pipe];
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
    timesReopened: sumOf(rounds.rooms, ({ sent }) => sent.timesReopened),
    cpuMsPerCallMinute: rooms.cpuMsPerCallMinute,
    memoryPerCallKiB: rooms.memoryPerCallKiB,
    eventToBrowserMs: {
      p50: hundredths(quantile(delays, 0.5)),
      p95: hundredths(quantile(delays, 0.95)),
      count: delays.length,
    },
    rooms,
    pipe,
    carrierLateMsP99: hundredths(Math.max(...all.map(({ sent }) => sent.lateMsP99))),
  };
}

function pathOf(rounds: readonly LiveRound[], calls: number, seconds: number): Path {
  const callMinutes = (calls * seconds * rounds.length) / 60;
  const framesSent = sumOf(rounds, ({ sent }) => sent.framesSent + sent.framesMissed);
  return {
    latencyMs: quantiles(rounds.flatMap(({ heard }) => heard.latenciesMs)),
    cpuMsPerCallMinute: hundredths(sumOf(rounds, ({ cpuMs }) => cpuMs) / callMinutes),
    // Later rounds fill what the first one has grown.
    memoryPerCallKiB: Math.round(Math.max(...rounds.map(({ grownBytes }) => grownBytes)) / calls / 1024),
    framesSent,
    framesLost: framesSent - sumOf(rounds, ({ heard }) => heard.framesHeard),
  };
}

function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
