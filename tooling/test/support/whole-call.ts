import { expect } from "vitest";
import { type FollowedCall, followCall } from "../../src/demo/follow-call.ts";
import { judgeCall } from "../../src/demo/judge-call.ts";
import type { OpenWorkspace } from "../../src/session/open-workspace.ts";
import type { Product } from "./use-stack.ts";

let lastCaller = 0;

/** A caller whom nobody has heard of before, by whom a call is found in the list. */
export function newCaller(): string {
  lastCaller += 1;
  return `+1415556${String(lastCaller).padStart(4, "0")}`;
}

/** Follows a call to its transcript while cron runs as often as somebody looks, as it would each minute. */
export async function settle(
  product: Product,
  workspace: OpenWorkspace,
  call: { callSessionId: string; from: string },
  withinMs = 60_000,
): Promise<FollowedCall> {
  let isOver = false;
  const cron = (async () => {
    while (!isOver) {
      for (const expression of product.stack.crons) await product.stack.cron(expression).catch(() => undefined);
      await new Promise((next) => setTimeout(next, 500));
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
