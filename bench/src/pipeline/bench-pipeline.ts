import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CallList, CallView } from "@earwitness/shared";
import { type OpenWorkspace, openWorkspaceOn, ringIn, type Stack, startStack } from "@earwitness/tooling";
import { quantile } from "../media/quantile.ts";
import { openScreen } from "./screen.ts";
import { readVendorTimes } from "./vendor-times.ts";

/** Half of the calls, and 95 of 100, took no longer. */
export interface Spread {
  p50Ms: number;
  p95Ms: number;
}

export interface PipelineResult {
  calls: number;
  /** From the hang-up to the words on the screen, without what the carrier and the transcriber took. */
  ours: Spread;
  /** The same with them. */
  all: Spread;
  /** Where ours goes: from the carrier's word to the stored file, from there to the transcriber, from its last word to the screen. */
  store: Spread;
  submit: Spread;
  show: Spread;
}

interface Measured {
  ours: number;
  all: number;
  store: number;
  submit: number;
  show: number;
}

const WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 50;

/** Measures calls one after another, each with a browser on its page from before the hang-up. The first is not counted: it warms up. */
export async function benchPipeline(options: { calls: number; tell: (line: string) => void }): Promise<PipelineResult> {
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-bench-"));
  const stack = await startStack({
    stateFolder: folder,
    emulators: { telnyx: { pace: 5 }, assemblyai: { processingMs: 500 } },
  });
  try {
    const workspace = await openWorkspaceOn(stack, "bench@example.com");
    await measureCall(stack, workspace, 0);
    const measured: Measured[] = [];
    for (let n = 1; n <= options.calls; n++) {
      const one = await measureCall(stack, workspace, n);
      measured.push(one);
      options.tell(`Call ${n} of ${options.calls}: ${Math.round(one.ours)} ms are ours, of ${Math.round(one.all)} ms`);
    }
    const spread = (part: keyof Measured): Spread => {
      const values = measured.map((one) => one[part]);
      return { p50Ms: Math.round(quantile(values, 0.5)), p95Ms: Math.round(quantile(values, 0.95)) };
    };
    return {
      calls: measured.length,
      ours: spread("ours"),
      all: spread("all"),
      store: spread("store"),
      submit: spread("submit"),
      show: spread("show"),
    };
  } finally {
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureCall(stack: Stack, workspace: OpenWorkspace, n: number): Promise<Measured> {
  const { client } = workspace;
  const controlUrl = stack.emulators.control.url;
  const from = `+1415558${String(n).padStart(4, "0")}`;
  const callSessionId = await ringIn(controlUrl, { script: "short", from });
  const callId = await callFrom(client, from);
  const screen = await openScreen({ apiUrl: stack.urls.api, workspace, callId, withinMs: WITHIN_MS });
  try {
    const wordsAtMs = await screen.wordsAtMs;
    const times = await readVendorTimes(controlUrl, { callId, callSessionId });
    const call = await client.request(CallView, "GET", `/v1/calls/${callId}`);
    const storedAtMs = Date.parse(call.recordings[0]?.storedAt ?? "");
    const parts = {
      store: storedAtMs - times.savedAtMs,
      submit: times.submittedAtMs - storedAtMs,
      show: wordsAtMs - times.completedAtMs,
    };
    return { ...parts, ours: parts.store + parts.submit + parts.show, all: wordsAtMs - times.hungUpAtMs };
  } finally {
    screen.close();
  }
}

async function callFrom(client: OpenWorkspace["client"], from: string): Promise<string> {
  for (let waitedMs = 0; waitedMs < WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
    const { calls } = await client.request(CallList, "GET", `/v1/calls?number=${encodeURIComponent(from)}`);
    if (calls[0] !== undefined) return calls[0].id;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`The call from ${from} is not in the list`);
}
