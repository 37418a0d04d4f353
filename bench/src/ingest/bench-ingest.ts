import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CallList, CallView } from "@earwitness/shared";
import { type OpenWorkspace, openWorkspaceOn, type Stack, startStack, workerEntry } from "@earwitness/tooling";
import { z } from "zod";
import { residentMiB, watchMemory } from "../media/watch-memory.ts";
import { type RecordingCarrier, startRecordingCarrier } from "./carrier.ts";

export interface IngestResult {
  sizeMB: number;
  /** Of the job that stores a recording (fetch, digest, loudness, put), and of a bare put of the same bytes into the same bucket. */
  jobMBps: number;
  rawMBps: number;
  /** jobMBps / rawMBps. */
  ratio: number;
  /** What the runtime held at most in each, and before. */
  idleMiB: number;
  jobPeakMiB: number;
  rawPeakMiB: number;
  /** jobPeakMiB - rawPeakMiB. */
  extraMiB: number;
}

const MB = 1_000_000;
const LOOK_EVERY_MS = 200;
const WITHIN_MS = 30 * 60_000;
const Raw = z.object({ tookMs: z.number() });

/** Measures both on one workerd, the bare put first, one after the other. */
export async function benchIngest(options: { sizeMB: number; tell: (line: string) => void }): Promise<IngestResult> {
  const sizeBytes = options.sizeMB * MB;
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-bench-"));
  const closers: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const carrier = await startRecordingCarrier();
    closers.push(() => carrier.close());
    const stack = await startStack({
      stateFolder: folder,
      entries: { jobs: jobsWithRawPut(path.join(folder, "entries")) },
      bindings: {
        TELNYX_BASE_URL: carrier.apiUrl,
        TELNYX_API_KEY: "bench",
        TELNYX_PUBLIC_KEY: carrier.publicKey,
        TELNYX_CONNECTION_ID: "1",
      },
    });
    closers.push(() => stack.close());
    const workspace = await openAtCarrier(stack, carrier);
    const idle = residentMiB();

    options.tell(`Putting ${options.sizeMB} MB as they come`);
    const rawPeak = watchMemory();
    const raw = Raw.parse(
      await get(`${stack.urls.jobs}/bench-put?url=${encodeURIComponent(`${carrier.fileUrl}?bytes=${sizeBytes}`)}`),
    );
    const rawPeakMiB = rawPeak.stop();

    options.tell("Storing a recording of the same size by its job");
    const jobPeak = watchMemory();
    const storedAtMs = await storeByJob(workspace, carrier, sizeBytes);
    const jobPeakMiB = jobPeak.stop();
    const fetched = (await carrier.served()).at(-1);
    if (fetched === undefined) throw new Error("The recording was not fetched");
    const megabytesPerSecond = (tookMs: number) => Number((options.sizeMB / (tookMs / 1000)).toFixed(1));
    const [jobMBps, rawMBps] = [megabytesPerSecond(storedAtMs - fetched.beganAtMs), megabytesPerSecond(raw.tookMs)];
    return {
      sizeMB: options.sizeMB,
      jobMBps,
      rawMBps,
      ratio: Number((jobMBps / rawMBps).toFixed(2)),
      idleMiB: idle,
      jobPeakMiB,
      rawPeakMiB,
      extraMiB: jobPeakMiB - rawPeakMiB,
    };
  } finally {
    for (const close of closers.reverse()) await close();
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
