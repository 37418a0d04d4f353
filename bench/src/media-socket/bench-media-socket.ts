import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startGuardian } from "@earwitness/tooling";
import { startCarrier } from "../media/carrier.ts";
import { hundredths, quantiles } from "../media/quantile.ts";
import { startTranscriberPeer } from "../media/transcriber.ts";
import { type Accident, type Loss, measureLoss } from "./measure-loss.ts";
import { measureWay, type WayRun } from "./measure-way.ts";
import { startWays } from "./start-ways.ts";
import { WAYS, type Way } from "./ways.ts";

export interface WayResult {
  /** From a pack's last frame leaving the carrier to the pack arriving at the transcriber; a frame alone for the pipe. */
  latencyMs: { p50: number; p99: number };
  cpuMsPerCallMinute: number;
  memoryPerCallKiB: number;
  framesSent: number;
  framesLost: number;
  /** What a call lost, by accident; null for the pipe. */
  lost: { objectReset: Loss; doorKilled: Loss } | null;
  /** Of one call's object, a call-minute; null where there is no object. */
  perCallMinute: { messagesIn: number; listeningSeconds: number; rowsWritten: number } | null;
}

export interface MediaSocketResult {
  calls: number;
  seconds: number;
  rounds: number;
  carrierLateMsP99: number;
  ways: Record<Way, WayResult>;
}

/** Ways take turns, so that what else the machine does meanwhile weighs on all alike. */
const ROUNDS = 2;
const LOSS_CALLS = 5;
const LOSS_SECONDS = 8;

/**
 * Compares where a carrier's media socket can end: the same frames, at real pace, through each way to the same peer.
 * Each way of each round has a fresh workerd, so that memory and processor time are its own.
 */
export async function benchMediaSocket(options: {
  calls: number;
  seconds: number;
  tell: (line: string) => void;
}): Promise<MediaSocketResult> {
  const { calls, seconds, tell } = options;
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-bench-"));
  const closers: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const guardian = await startGuardian(folder);
    closers.push(() => guardian.release());
    const transcriber = await startTranscriberPeer();
    closers.push(transcriber.close);
    const carrier = startCarrier();
    closers.push(carrier.close);

    const runs = new Map<Way, WayRun[]>();
    for (let round = 1; round <= ROUNDS; round++) {
      for (const way of wayNames()) {
        tell(`Round ${round} of ${ROUNDS}, ${calls} calls for ${seconds} s: ${WAYS[way]}`);
        const ways = await startWays({
          folder: path.join(folder, `${way}-${round}`),
          transcriberUrl: transcriber.url,
          guardian,
          apart: false,
        });
        const run = await measureWay({ way, ways, carrier, transcriber, calls, seconds }).finally(ways.close);
        runs.set(way, [...(runs.get(way) ?? []), run]);
      }
    }
    const losses = new Map<Way, WayResult["lost"]>();
    for (const way of wayNames()) {
      if (way === "pipe") continue;
      const lose = async (accident: Accident) => {
        tell(`${accident}: ${WAYS[way]}`);
        const ways = await startWays({
          folder: path.join(folder, `${way}-${accident.replace(" ", "-")}`),
          transcriberUrl: transcriber.url,
          guardian,
          apart: accident === "door killed",
        });
        return measureLoss({
          way,
          ways,
          carrier,
          transcriber,
          calls: LOSS_CALLS,
          seconds: LOSS_SECONDS,
          accident,
        }).finally(ways.close);
      };
      losses.set(way, { objectReset: await lose("object reset"), doorKilled: await lose("door killed") });
    }
    const summary = (way: Way) => ({ ...summarise(runs.get(way) ?? [], seconds), lost: losses.get(way) ?? null });
    return {
      calls,
      seconds,
      rounds: ROUNDS,
      carrierLateMsP99: hundredths(Math.max(...[...runs.values()].flat().map((run) => run.carrierLateMsP99))),
      ways: {
        pipe: summary("pipe"),
        accepting: summary("accepting"),
        hibernating: summary("hibernating"),
        handed: summary("handed"),
      },
    };
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

function wayNames(): Way[] {
  return ["pipe", "accepting", "hibernating", "handed"];
}

function summarise(runs: readonly WayRun[], seconds: number): Omit<WayResult, "lost"> {
  const sum = (of: (run: WayRun) => number) => runs.reduce((total, run) => total + of(run), 0);
  const mean = (of: (run: WayRun) => number) => sum(of) / runs.length;
  const room = runs[0]?.room ?? null;
  const perMinute = (count: number) => hundredths((count * 60) / seconds);
  return {
    latencyMs: quantiles(runs.flatMap((run) => run.latenciesMs)),
    cpuMsPerCallMinute: hundredths(mean((run) => run.cpuMsPerCallMinute)),
    memoryPerCallKiB: Math.round(mean((run) => run.memoryPerCallKiB)),
    framesSent: sum((run) => run.framesSent),
    framesLost: sum((run) => run.framesLost),
    perCallMinute:
      room === null
        ? null
        : {
            messagesIn: perMinute(room.messagesIn),
            listeningSeconds: perMinute(room.listeningMs / 1000),
            rowsWritten: perMinute(room.rowsWritten),
          },
  };
}
