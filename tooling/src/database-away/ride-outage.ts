import { setTimeout as sleep } from "node:timers/promises";
import { ringIn } from "../demo/carrier.ts";
import { eventually } from "../session/eventually.ts";
import { startCronTimer } from "../stack/cron-timer.ts";
import type { Stack } from "../stack/start-stack.ts";
import { countRecorded, type RecordedCounts } from "./count-recorded.ts";
import { readDeliveries } from "./read-deliveries.ts";

export interface OutageResult {
  readonly outageMs: number;
  readonly calls: number;
  /** What the carrier sent while the database was away, and how much of it was answered 200 at its first attempt. */
  readonly notices: number;
  readonly acknowledgedAtOnce: number;
  readonly slowestAnswerMs: number;
  /** From the database's return until every call was in the record with its audio and its words. */
  readonly catchUpMs: number;
  /** Notices that the carrier has delivered and the record does not have. */
  readonly lostNotices: number;
  /** What the record then has of all calls, those of before the outage among them. */
  readonly recorded: RecordedCounts;
  readonly ok: boolean;
}

/** Calls are on the line and on every stage after it when the database goes. */
const BEFORE_MS = 8_000;
/** Longer than any outage of ours is to take, so that the result tells by how much it was missed. */
const PATIENCE_FACTOR = 3;
const LEAST_PATIENCE_MS = 120_000;

/**
 * Stops the stack's Postgres for `outageMs` while a call begins every `everyMs`, starts it again, and waits until the record has
 * everything. A workspace must be open. Throws for a stack whose database is not its own, and when the record never has it all.
 */
export async function rideOutage(
  stack: Stack,
  options: { outageMs: number; everyMs: number; tell: (line: string) => void },
): Promise<OutageResult> {
  const { outageMs, everyMs, tell } = options;
  const { postgres, emulators } = stack;
  if (postgres === undefined) throw new Error("Only the stack's own Postgres can be taken away.");
  const controlUrl = emulators.control.url;
  const stopCrons = startCronTimer(
    stack.crons,
    (expression) => stack.cron(expression),
    () => {}, // Without a database they fail; their next run makes up for it.
  );
  const sessions: string[] = [];
  let isCalling = true;
  const calling = (async () => {
    while (isCalling) {
      sessions.push(await ringIn(controlUrl, { script: "short", from: callerOf(sessions.length) }));
      await sleep(everyMs);
    }
  })();
  try {
    await sleep(BEFORE_MS);
    tell(`Taking the database away for ${outageMs / 1000} s`);
    const stoppedAt = Date.now();
    await postgres.stop();
    await sleep(outageMs);
    isCalling = false;
    await calling;
    const deliveries = await deliveriesAtRest(controlUrl);
    await postgres.start();
    const startedAt = Date.now();
    tell(`It is back after ${sessions.length} calls`);
    await eventually(
      "the record to have every call with its words",
      async () => {
        const counts = await countRecorded(stack.databaseUrl, sessions);
        return counts.whole === sessions.length ? true : undefined;
      },
      { withinMs: Math.max(LEAST_PATIENCE_MS, PATIENCE_FACTOR * outageMs), everyMs: 250 },
    );
    const catchUpMs = Date.now() - startedAt;
    const during = deliveries.filter(({ attempts }) => attempts.some(({ at }) => Date.parse(at) >= stoppedAt));
    const atOnce = during.filter(({ attempts }) => attempts.length === 1 && attempts[0]?.status === 200);
    const { told, recorded } = await noticesAtRest(stack, sessions);
    const lostNotices = told - recorded.carrierNotices;
    return {
      outageMs: startedAt - stoppedAt,
      calls: sessions.length,
      notices: during.length,
      acknowledgedAtOnce: atOnce.length,
      slowestAnswerMs: Math.max(0, ...during.flatMap(({ attempts }) => attempts.map(({ tookMs }) => tookMs))),
      catchUpMs,
      lostNotices,
      recorded,
      ok: atOnce.length === during.length && lostNotices === 0 && catchUpMs < outageMs,
    };
  } finally {
    isCalling = false;
    stopCrons();
    await calling.catch(() => undefined);
  }
}

/** Whoever is on the line when the calling ends is let finish: what the carrier then still has to tell, it tells into the outage. */
async function deliveriesAtRest(controlUrl: string) {
  return eventually(
    "the carrier to have told everything",
    async () => {
      const deliveries = await readDeliveries(controlUrl);
      return deliveries.every(({ state }) => state !== "pending") ? deliveries : undefined;
    },
    { withinMs: 60_000, everyMs: 250 },
  );
}

/** What the carrier has delivered and what the record has of it, once they agree; after a while as they are. */
async function noticesAtRest(stack: Stack, sessions: readonly string[]) {
  const look = async () => {
    const told = (await readDeliveries(stack.emulators.control.url)).filter(
      ({ state }) => state === "delivered",
    ).length;
    return { told, recorded: await countRecorded(stack.databaseUrl, sessions) };
  };
  return eventually("the record to have every notice", async () => {
    const found = await look();
    return found.told === found.recorded.carrierNotices ? found : undefined;
  }).catch(look);
}

function callerOf(n: number): string {
  return `+1415557${String(n % 10_000).padStart(4, "0")}`;
}
