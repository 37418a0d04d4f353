import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { captureNotices } from "./capture-notices.ts";
import { type Round, startLoad } from "./load.ts";
import { startDoor } from "./start-door.ts";

export interface DoorResult {
  /** Requests a second that an empty Hono route answers, and that the door answers, on the same workerd. */
  emptyRps: number;
  doorRps: number;
  /** doorRps / emptyRps. */
  ratio: number;
  /** How long the door takes to answer: half of the notices, 99 of 100. */
  p50Ms: number;
  p99Ms: number;
  notices: number;
  concurrency: number;
}

/** Rounds of either kind take turns, so that what else the machine does meanwhile weighs on both alike. */
const ROUNDS = 4;

/**
 * Measures the verified and kept notice beside an empty route, in one run on one workerd. The notices are those of a real
 * emulated call, eight of them, given new ids and signed anew for each call. Throws when one is not answered with 200.
 */
export async function benchDoor(options: {
  callsPerRound: number;
  /** How many calls have a notice on its way at a time. */
  concurrency: number;
  tell: (line: string) => void;
}): Promise<DoorResult> {
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-bench-"));
  const closers: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    options.tell("Listening to one emulated call for its notices");
    const templates = await captureNotices();
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const rawPublicKey = publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
    const door = await startDoor(folder, rawPublicKey);
    closers.push(door.close);
    const load = await startLoad({
      privateKey: privateKey.export({ format: "der", type: "pkcs8" }).toString("base64"),
      templates,
      concurrency: options.concurrency,
    });
    closers.push(load.close);

    options.tell("Warming up");
    await load.run(door.emptyUrl, 100);
    await load.run(door.doorUrl, 100);
    const rounds: { empty: Round[]; door: Round[] } = { empty: [], door: [] };
    for (let n = 1; n <= ROUNDS; n++) {
      options.tell(`Round ${n} of ${ROUNDS}: ${options.callsPerRound} calls of ${templates.length} notices to each`);
      rounds.empty.push(await load.run(door.emptyUrl, options.callsPerRound));
      rounds.door.push(await load.run(door.doorUrl, options.callsPerRound));
    }
    return summarise(rounds, options.concurrency);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

function summarise(rounds: { empty: Round[]; door: Round[] }, concurrency: number): DoorResult {
  const emptyRps = requestsPerSecond(rounds.empty);
  const doorRps = requestsPerSecond(rounds.door);
  const latencies = rounds.door.flatMap((round) => round.latenciesMs).sort((a, b) => a - b);
  const quantile = (share: number) => latencies[Math.ceil(share * latencies.length) - 1] ?? Number.NaN;
  return {
    emptyRps: Math.round(emptyRps),
    doorRps: Math.round(doorRps),
    ratio: Number((doorRps / emptyRps).toFixed(3)),
    p50Ms: Number(quantile(0.5).toFixed(2)),
    p99Ms: Number(quantile(0.99).toFixed(2)),
    notices: latencies.length,
    concurrency,
  };
}

function requestsPerSecond(rounds: Round[]): number {
  const requests = rounds.reduce((sum, round) => sum + round.latenciesMs.length, 0);
  const seconds = rounds.reduce((sum, round) => sum + round.elapsedMs, 0) / 1000;
  return requests / seconds;
}
