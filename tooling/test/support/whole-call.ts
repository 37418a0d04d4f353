import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { type FollowedCall, followCall } from "../../src/demo/follow-call.ts";
import { judgeCall } from "../../src/demo/judge-call.ts";
import type { OpenWorkspace } from "../../src/session/open-workspace.ts";
import type { Product } from "./use-stack.ts";

const CRON_EVERY_MS = 500;

let lastCaller = 0;

/** A caller whom nobody has heard of before, by whom a call is found in the list. */
export function newCaller(): string {
  lastCaller += 1;
  return `+1415556${String(lastCaller).padStart(4, "0")}`;
}

/**
 * Follows a call to its transcript while cron runs again and again, as it would each minute. `cronAheadMs` has it run as
 * if it were due that much later.
 */
export async function settle(
  product: Product,
  workspace: OpenWorkspace,
  call: { callSessionId: string; from: string },
  { withinMs = 60_000, cronAheadMs = 0 } = {},
): Promise<FollowedCall> {
  const { crons, runtime } = product.stack;
  let isOver = false;
  const cron = (async () => {
    while (!isOver) {
      const due = new Date(Date.now() + cronAheadMs);
      // While workerd is being killed a run may fail, as it may on the platform; the next one makes up for it.
      for (const expression of crons) await runtime.cron(expression, due).catch(() => undefined);
      await sleep(CRON_EVERY_MS);
    }
  })();
  try {
    return await followCall({
      client: workspace.client,
      controlUrl: product.stack.emulators.control.url,
      callSessionId: call.callSessionId,
      from: call.from,
      withinMs,
    });
  } finally {
    isOver = true;
    await cron;
  }
}

/** Nothing of the call was lost and nothing happened twice: words, seconds, bytes, notices, recordings, transcripts. */
export function expectWhole(followed: FollowedCall): void {
  const { report } = judgeCall(followed);
  expect(report.problems).toEqual([]);
  expect(followed.carrier.recordings).toHaveLength(1);
  expect(followed.call.recordings).toHaveLength(1);
  expect(report.transcript.wordErrorRate).toBe(0);
}

/** The carrier obeyed one answer, one start of a recording and no second announcement: by its own timeline, whatever was sent again. */
export function expectCommandedOnce({ carrier }: FollowedCall): void {
  const obeyed = (...names: string[]) =>
    carrier.timeline.filter(({ type, name }) => type === "command" && names.includes(name)).length;
  expect({ answers: obeyed("answer"), recordings: obeyed("record_start") }).toEqual({ answers: 1, recordings: 1 });
  expect(obeyed("speak", "playback_start"), "announcements").toBeLessThanOrEqual(1);
}
