import { CallList, CoverageView, TranscriptView } from "@earwitness/shared";
import { expect } from "vitest";
import { compareWords } from "../../src/demo/compare-words.ts";
import { type WatchedCall, watchCall } from "../../src/live/watch-call.ts";
import type { OpenWorkspace } from "../../src/session/open-workspace.ts";
import { eventually, type Product } from "./use-stack.ts";
import { newCaller, settle } from "./whole-call.ts";

/** A call that is on the line, and somebody who watches it. */
export interface LiveCall {
  readonly callId: string;
  readonly callSessionId: string;
  readonly from: string;
  readonly watched: WatchedCall;
}

/** Has a call ring in and watches it from the moment at which it is in the list. */
export async function callAndWatch(
  product: Product,
  workspace: OpenWorkspace,
  call: Record<string, unknown> = {},
): Promise<LiveCall> {
  const from = newCaller();
  const callSessionId = await product.ringIn({ from, ...call });
  const callId = await eventually("the call to be in the list", async () => {
    const { calls } = await workspace.client.request(CallList, "GET", `/v1/calls?number=${encodeURIComponent(from)}`);
    return calls[0]?.id;
  });
  return { callId, callSessionId, from, watched: await watch(product, workspace, callId) };
}

/** One more who watches. */
export function watch(product: Product, workspace: OpenWorkspace, callId: string): Promise<WatchedCall> {
  const { api } = product.stack.urls;
  return watchCall({ apiUrl: api, origin: api, cookie: workspace.cookie, callId });
}

/** Waits until somebody on the call has been captioned to the end of `words` words, so that a fault strikes mid-way. */
export function heardWords({ watched }: LiveCall, words: number): Promise<true> {
  return eventually(`${words} words to be captioned`, async () => {
    const count = [...watched.captions.values()].reduce((sum, { text }) => sum + text.split(" ").length, 0);
    return count >= words ? true : undefined;
  });
}

export const readCoverage = (workspace: OpenWorkspace, callId: string) =>
  workspace.client.request(CoverageView, "GET", `/v1/calls/${callId}/coverage`);

/**
 * Follows the call to its end and judges it: the exact transcript equals the script, each answered frame is accounted for once,
 * and nothing is there twice; and what was captioned of it while it was spoken.
 */
export async function judgeLive(
  product: Product,
  workspace: OpenWorkspace,
  call: LiveCall,
  options: Parameters<typeof settle>[3] = {},
) {
  const followed = await settle(product, workspace, call, options);
  // The live moment is over a little after the line is; until then it may still tell of gaps.
  const coverage = await eventually("the call's coverage to be final", async () => {
    const view = await readCoverage(workspace, call.callId);
    return view.isFinal ? view : undefined;
  });
  const { answeredMs, recordedMs, liveMs, pausedMs, missingMs } = coverage;
  expect(recordedMs + liveMs + pausedMs + missingMs).toBe(answeredMs);
  expect(answeredMs % 20).toBe(0);
  expect(coverage.missing.filter(({ reason }) => reason === "unknown")).toEqual([]);
  const said = followed.carrier.recordings.flatMap(({ words }) => words);
  const live = await workspace.client.request(TranscriptView, "GET", `/v1/calls/${call.callId}/transcript?kind=live`);
  call.watched.close();
  const errorsOf = (transcript: TranscriptView | undefined) => compareWords(said, transcript).wordErrorRate;
  return { followed, coverage, said, live, exactErrors: errorsOf(followed.transcript), liveErrors: errorsOf(live) };
}
