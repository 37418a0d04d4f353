import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findPort, followCall, openWorkspaceOn, ringIn, type Stack, startStack } from "@earwitness/tooling";
import { processUsage } from "../media/process-usage.ts";
import { runtimePid } from "../media/runtime-process.ts";
import { conversationOf } from "./conversation.ts";
import { writeCountedEntries } from "./counted-entries.ts";
import { hasInvocationLogs } from "./invocation-logs.ts";
import type { Units } from "./prices.ts";
import { type Counts, readCounts } from "./read-counts.ts";
import { unitsOf } from "./units-of.ts";
import { type ProcessorSamples, watchProcessor } from "./watch-processor.ts";

export interface CountedCall {
  withCaptions: boolean;
  /** From the answer to the end. */
  talkMs: number;
  units: Units;
  counts: Counts;
  /** What all of the runtime took of the processor, and what of it falls to the workers that are billed for it. */
  processor: { runtimeMs: number; workersMs: number };
  /** What stays in R2 of it: the recording, and the chunks that were kept meanwhile. */
  storedBytes: number;
}

const BILLED_WORKERS = ["earwitness-webhooks", "earwitness-jobs"];
const OTHER_WORKERS = ["earwitness-rooms", "earwitness-api"];
const FROM = "+14155550199";
const FROM_AGAIN = "+14155550198";
const PATIENCE_MS = 180_000;
/** Facts are confirmed, mirrors told and queues empty a few seconds after the last visible step. */
const AFTERMATH_MS = 8000;

/**
 * Has one call pass through the whole stack at the pace of life, alone, and counts what of the platform it uses; then another, for
 * which of the workers the processor worked.
 */
export async function countCall(options: {
  folder: string;
  seconds: number;
  withCaptions: boolean;
  tell: (line: string) => void;
}): Promise<CountedCall> {
  const { folder, seconds, withCaptions, tell } = options;
  tell(`Starting the stack for a call of ${seconds} s ${withCaptions ? "with" : "without"} captions`);
  const inspectorPort = await findPort();
  const entries = writeCountedEntries(path.join(folder, "counted"));
  const stack = await startStack({ stateFolder: folder, inspectorPort, entries });
  try {
    const { client, to } = await aNumber(stack, withCaptions);
    const pass = async (from: string) => {
      const controlUrl = stack.emulators.control.url;
      const callSessionId = await ringIn(controlUrl, { from, to, script: conversationOf(seconds) });
      // Asking all the time how it goes would be most of what the processor does.
      await sleep(seconds * 1000);
      const { call } = await followCall({ client, controlUrl, callSessionId, from, withinMs: PATIENCE_MS });
      await sleep(AFTERMATH_MS);
      return call;
    };
    const logFile = path.join(folder, "workers.log");
    const begunAt = statSync(logFile).size;
    const before = processUsage(runtimePid());
    const call = await pass(FROM);
    const runtimeMs = processUsage(runtimePid()).cpuMs - before.cpuMs;
    const counts = readCounts(readFileSync(logFile).subarray(begunAt).toString());
    if (withCaptions && counts.live === null) throw new Error("No room told that the call's live moment is over");
    // To look costs several times what it looks at: whose the processor is, another call of the same kind tells.
    tell("The same call once more, under the profiler");
    const endWatch = await watchProcessor(inspectorPort, [...BILLED_WORKERS, ...OTHER_WORKERS]);
    await pass(FROM_AGAIN);
    const processor = { runtimeMs, workersMs: Math.round(runtimeMs * billedShare(await endWatch())) };
    const { answeredAt, endedAt } = call;
    if (answeredAt === null || endedAt === null) throw new Error("The call was not answered");
    const recorded = call.recordings.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
    return {
      withCaptions,
      talkMs: Date.parse(endedAt) - Date.parse(answeredAt),
      units: unitsOf(counts, processor.workersMs, { hasInvocationLogs: hasInvocationLogs() }),
      counts,
      processor,
      storedBytes: recorded + (counts.live?.chunkBytes ?? 0),
    };
  } finally {
    await stack.close();
  }
}

/**
 * Which part of the runtime's processor time is billed: objects are billed by their duration, whatever they do in it, and the API
 * answers whoever measures. What the runtime does for no isolate is shared among all.
 */
function billedShare(samples: ProcessorSamples): number {
  const sum = (services: readonly string[]) => services.reduce((total, name) => total + (samples[name] ?? 0), 0);
  const [billed, others] = [sum(BILLED_WORKERS), sum(OTHER_WORKERS)];
  return billed / (billed + others);
}

/** One of a new workspace's numbers, which captions its calls or does not. */
async function aNumber(stack: Stack, withCaptions: boolean) {
  const { client, numbers } = await openWorkspaceOn(stack, "cost@example.com");
  const number = numbers[0];
  if (number === undefined) throw new Error("The workspace has no number");
  const changed = await client.fetch(`/v1/numbers/${number.id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ liveCaptions: withCaptions }),
  });
  if (!changed.ok) throw new Error(`The number was not changed: ${await changed.text()}`);
  await sleep(AFTERMATH_MS);
  return { client, to: number.e164 };
}
