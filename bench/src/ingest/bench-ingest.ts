import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CallList, CallView } from "@earwitness/shared";
import {
  makeScratchFolder,
  type OpenWorkspace,
  openWorkspaceOn,
  type Stack,
  startStack,
  workerEntry,
} from "@earwitness/tooling";
import { z } from "zod";
import { residentMiB, watchMemory } from "../media/watch-memory.ts";
import { type RecordingCarrier, startRecordingCarrier } from "./carrier.ts";

export interface IngestResult {
  sizeMB: number;
  /** The job that stores a recording (fetch, digest, loudness, put), and a bare put of the same bytes into a bucket of the same kind. */
  job: Measured;
  raw: Measured;
  /** The job's speed by the bare put's. */
  ratio: number;
  /** What the job held more than the bare put, each above what its runtime held before. */
  extraMiB: number;
}

export interface Measured {
  MBps: number;
  /** What the runtime held before, and at most during it. */
  idleMiB: number;
  peakMiB: number;
}

const MB = 1_000_000;
const LOOK_EVERY_MS = 200;
const WITHIN_MS = 30 * 60_000;
const Raw = z.object({ tookMs: z.number() });

/** Measures both, one after the other, each on a runtime of its own: one gives back little of the memory that it once held. */
export async function benchIngest(options: { sizeMB: number; tell: (line: string) => void }): Promise<IngestResult> {
  const { sizeMB, tell } = options;
  tell(`Putting ${sizeMB} MB as they come`);
  const raw = await measure(sizeMB, async ({ stack, carrier }) => {
    const url = encodeURIComponent(`${carrier.fileUrl}?bytes=${sizeMB * MB}`);
    return Raw.parse(await get(`${stack.urls.jobs}/bench-put?url=${url}`)).tookMs;
  });
  tell("Storing a recording of the same size by its job");
  const job = await measure(sizeMB, async ({ workspace, carrier }) => {
    const storedAtMs = await storeByJob(workspace, carrier, sizeMB * MB);
    const fetched = (await carrier.served()).at(-1);
    if (fetched === undefined) throw new Error("The recording was not fetched");
    return storedAtMs - fetched.beganAtMs;
  });
  const grownMiB = ({ idleMiB, peakMiB }: Measured) => peakMiB - idleMiB;
  return {
    sizeMB,
    job,
    raw,
    ratio: Number((job.MBps / raw.MBps).toFixed(2)),
    extraMiB: grownMiB(job) - grownMiB(raw),
  };
}

interface Place {
  readonly stack: Stack;
  readonly carrier: RecordingCarrier;
  readonly workspace: OpenWorkspace;
}

/** Starts the product at a carrier with recordings of any size, and looks at its runtime while `transfer` works; that says how long it took. */
async function measure(sizeMB: number, transfer: (place: Place) => Promise<number>): Promise<Measured> {
  const scratch = makeScratchFolder("bench");
  try {
    const carrier = await startRecordingCarrier();
    scratch.onEnd(() => carrier.close());
    const stack = await startStack({
      stateFolder: scratch.path,
      entries: { jobs: jobsWithRawPut(path.join(scratch.path, "entries")) },
      bindings: {
        TELNYX_BASE_URL: carrier.apiUrl,
        TELNYX_API_KEY: "bench",
        TELNYX_PUBLIC_KEY: carrier.publicKey,
        TELNYX_CONNECTION_ID: "1",
      },
    });
    scratch.onEnd(() => stack.close());
    const workspace = await openAtCarrier(stack, carrier);
    const idleMiB = residentMiB();
    const memory = watchMemory();
    const tookMs = await transfer({ stack, carrier, workspace });
    const peakMiB = memory.stop();
    return { MBps: Number((sizeMB / (tookMs / 1000)).toFixed(1)), idleMiB, peakMiB };
  } finally {
    await scratch.end();
  }
}

async function openAtCarrier(stack: Stack, carrier: RecordingCarrier): Promise<OpenWorkspace> {
  const { webhooks } = stack.urls;
  const workspace = await openWorkspaceOn(stack, "bench@example.com");
  const number = workspace.numbers[0];
  if (number === undefined) throw new Error("The workspace has no number");
  await carrier.useDoor({ noticesUrl: `${webhooks}/webhooks/telnyx`, number: number.e164 });
  return workspace;
}

/** Has a call come in whose recording is that large; returns when it was stored, ms since the epoch. */
async function storeByJob({ client }: OpenWorkspace, carrier: RecordingCarrier, sizeBytes: number): Promise<number> {
  const from = "+14155550123";
  await carrier.call(from, sizeBytes);
  for (let waitedMs = 0; waitedMs < WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
    const { calls } = await client.request(CallList, "GET", `/v1/calls?number=${encodeURIComponent(from)}`);
    const [first] = calls;
    const call = first && (await client.request(CallView, "GET", `/v1/calls/${first.id}`));
    const [recording] = call?.recordings ?? [];
    if (recording?.state === "failed") throw new Error(`The recording was given up: ${JSON.stringify(recording)}`);
    if (recording?.state === "stored" && recording.storedAt !== null) return Date.parse(recording.storedAt);
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error("The recording was not stored");
}

function jobsWithRawPut(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "jobs.ts");
  const entry = JSON.stringify(workerEntry("jobs"));
  const withRawPut = JSON.stringify(path.join(import.meta.dirname, "workers/with-raw-put.ts"));
  writeFileSync(
    file,
    [
      `import worker from ${entry};`,
      `import { withRawPut } from ${withRawPut};`,
      `export * from ${entry};`,
      "export default withRawPut(worker);",
    ].join("\n"),
  );
  return file;
}

async function get(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(WITHIN_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
