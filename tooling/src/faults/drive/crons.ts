import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "../../stack/start-stack.ts";
import type { Finding } from "../audit/finding.ts";
import { countUndone } from "../books/record-books.ts";

/** The sweep and the reconciliation by their schedules, and how much faster than life they come round here. */
const EVERY: readonly { expression: string; everyMs: number; aheadMs: number }[] = [
  { expression: "* * * * *", everyMs: 1_500, aheadMs: 0 },
  // What it asks about is minutes old, by stamps of calls that pass faster than life, of a clock that is ahead: it is told that it
  // is ten minutes later.
  { expression: "*/5 * * * *", everyMs: 5_000, aheadMs: 10 * 60_000 },
];

/**
 * In life a run is over long before the next one. Here the reconciliation is told that all that is still on its way is lost: without a
 * rest that grows with what it then does again, the product would do nothing else.
 */
const REST_PER_RUN = 4;

/**
 * So too with the jobs that a run asks for, or sends again: it waits until few are left to do, for as long as a minute. A sweep takes a
 * message that waits for longer than some seconds for lost: one after the other would send for all that wait, over and over.
 */
const FEW_JOBS = 100;
const WAIT_MOST_MS = 60_000;
const LOOK_EVERY_MS = 1_000;

/** Fires the product's crons again and again, some runs twice at once. Returns what stops them. */
export function startCrons(stack: Stack): () => Promise<void> {
  let isOver = false;
  const loops = EVERY.filter(({ expression }) => stack.crons.includes(expression)).map(
    async ({ expression, everyMs, aheadMs }) => {
      for (let run = 0; !isOver; run++) {
        await workedOff(stack, () => isOver);
        const due = new Date(Date.now() + aheadMs);
        const atOnce = run % 3 === 2 ? 2 : 1;
        const begunAt = Date.now();
        // A run fails while the runtime or the database is away; the next one makes up for it.
        await Promise.allSettled(Array.from({ length: atOnce }, () => stack.runtime.cron(expression, due)));
        await sleep(Math.max(everyMs, REST_PER_RUN * (Date.now() - begunAt)));
      }
    },
  );
  return async () => {
    isOver = true;
    await Promise.all(loops);
  };
}

async function workedOff(stack: Stack, isOver: () => boolean): Promise<void> {
  const latest = Date.now() + WAIT_MOST_MS;
  while (!isOver() && Date.now() < latest) {
    // A database that is away is no reason to wait.
    const { jobs = 0 } = await countUndone(stack.databaseUrl).catch(() => ({ jobs: 0 }));
    if (jobs <= FEW_JOBS) return;
    await sleep(LOOK_EVERY_MS);
  }
}

/** An hour's usage is summed up when it is over: by then the carrier's clock, wherever it jumped, is past every call. */
const HOUR_MS = 3_600_000;

/**
 * Runs what is due hourly or daily, which no run lives long enough to see, twice at once and as if an hour had passed, and tells of
 * each that failed.
 */
export async function runRareCrons(stack: Stack): Promise<Finding[]> {
  const rare = stack.crons.filter((expression) => !EVERY.some((each) => each.expression === expression));
  const findings: Finding[] = [];
  for (const expression of rare) {
    const due = new Date(Date.now() + HOUR_MS);
    const runs = [stack.runtime.cron(expression, due), stack.runtime.cron(expression, due)];
    for (const result of await Promise.allSettled(runs)) {
      if (result.status === "rejected") {
        findings.push({ kind: "stuck", what: String(result.reason), where: `cron ${expression}` });
      }
    }
  }
  return findings;
}
