import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AcceptedExport, ExportView } from "@earwitness/shared";
import { type OpenWorkspace, openWorkspaceOn, startStack } from "@earwitness/tooling";
import { residentMiB, watchMemory } from "../media/watch-memory.ts";
import { seedCalls } from "./seed-calls.ts";

export interface ExportResult {
  rows: number;
  seconds: number;
  rowsPerSecond: number;
  sizeMB: number;
  /**
   * What the runtime held before, and at most in each tenth of the rows: constant memory is no growth from one to the next. In the last one
   * the parts become one file as well, which is read once for its digest.
   */
  idleMiB: number;
  tenthsMiB: number[];
}

const MB = 1_000_000;
const LOOK_EVERY_MS = 250;
const WITHIN_MS = 60 * 60_000;

/** Has the product's own job write a table of `rows` calls as CSV, from the wish to the file that can be fetched. */
export async function benchExport(options: { rows: number; tell: (line: string) => void }): Promise<ExportResult> {
  const { rows, tell } = options;
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-bench-"));
  const stack = await startStack({ stateFolder: folder });
  try {
    const workspace = await openWorkspaceOn(stack, "bench@example.com");
    if (stack.postgres === undefined) throw new Error("The record is filled on the stack's own Postgres alone.");
    tell(`Filling a record with ${rows} calls`);
    await seedCalls(stack.postgres.url("earwitness", "postgres"), rows);
    const idleMiB = residentMiB();
    tell("Exporting them");
    const beganAtMs = performance.now();
    const memory = watchMemory();
    const { finished, tenthsMiB } = await exportAll(workspace, rows, memory);
    const seconds = (performance.now() - beganAtMs) / 1000;
    if (finished.rowCount !== rows) throw new Error(`${finished.rowCount} of ${rows} rows were written`);
    return {
      rows,
      seconds: Number(seconds.toFixed(1)),
      rowsPerSecond: Math.round(rows / seconds),
      sizeMB: Number(((finished.sizeBytes ?? 0) / MB).toFixed(1)),
      idleMiB,
      tenthsMiB,
    };
  } finally {
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function exportAll({ client }: OpenWorkspace, rows: number, memory: ReturnType<typeof watchMemory>) {
  const wish = { kind: "calls", format: "csv" };
  const { exportId } = await client.request(AcceptedExport, "POST", "/v1/exports", wish);
  const tenthsMiB: number[] = [];
  try {
    for (let waitedMs = 0; waitedMs < WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
      const view = await client.request(ExportView, "GET", `/v1/exports/${exportId}`);
      if (view.rowCount >= (rows / 10) * (tenthsMiB.length + 1)) tenthsMiB.push(memory.soFar());
      if (view.state === "ready") return { finished: view, tenthsMiB };
      if (view.state !== "queued" && view.state !== "running")
        throw new Error(`The export is ${view.state}: ${view.reason}`);
      await sleep(LOOK_EVERY_MS);
    }
    throw new Error("The export did not come to its end");
  } finally {
    memory.stop();
  }
}
