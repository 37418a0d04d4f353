import { EarwitnessError, type ImportId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import { tableKey } from "../import/import-keys.ts";
import { endImport } from "../import/import-subject.ts";
import type { JobMore, JobStep } from "../job/job-handler.ts";
import type { ImportRecord } from "../ports/repositories/index.ts";
import type { CheckPorts } from "../upload/check-upload.ts";
import { noteRows } from "./note-rows.ts";
import { takeRow } from "./take-row.ts";

/** Each holds one of the six connections of an invocation from its first byte to its last. */
const FILES_AT_A_TIME = 3;
/** The largest files take most of a minute each: after them there is room left in the time of a step. */
const FILES_PER_STEP = 15;

/**
 * Takes recordings over in bulk, some of them in one call, and says whether there are more: first each line of the table is noted,
 * then file by file is taken over or refused. Whoever dies on the way leaves what is settled; a line becomes one call at most.
 */
export async function takeImport(
  ctx: Context<SystemActor>,
  ports: CheckPorts,
  importId: ImportId,
  step: JobStep,
): Promise<JobMore | undefined> {
  const record = await begin(ctx, importId);
  if (record === null) return undefined;
  if (record.rowCount === null) {
    await noteTable(ctx, ports, record, step);
    return { kind: "more" };
  }
  const waiting = await ctx.unitOfWork((tx) => tx.imports.waiting(importId, FILES_PER_STEP));
  const settled = await ctx.unitOfWork((tx) => tx.imports.countSettled(importId));
  let done = settled;
  const rest = [...waiting];
  const work = async () => {
    for (let row = rest.shift(); row !== undefined; row = rest.shift()) {
      await step.checkCancelled();
      await takeRow(ctx, ports, record, row, step.signal);
      done++;
      await step.progress(done, record.rowCount, "files");
    }
  };
  // Nobody is left at work when this attempt is over: the next one would meet them.
  const ends = await Promise.allSettled(Array.from({ length: FILES_AT_A_TIME }, work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  if (waiting.length > 0) {
    await ctx.unitOfWork((tx) => tx.outbox.tellWorkspace(record.workspaceId, "import"));
    return { kind: "more" };
  }
  await ctx.unitOfWork((tx) => endImport(ctx, tx, importId, { state: "done", reason: null }));
  return undefined;
}

/** null for one that is over. */
async function begin(ctx: Context<SystemActor>, importId: ImportId): Promise<ImportRecord | null> {
  return ctx.unitOfWork(async (tx) => {
    const record = await tx.imports.lock(importId);
    if (record.state === "running") return record;
    if (record.state !== "queued") return null;
    const begun: ImportRecord = { ...record, state: "running" };
    await tx.imports.save(begun);
    await tx.outbox.tellWorkspace(record.workspaceId, "import");
    return begun;
  });
}

async function noteTable(
  ctx: Context<SystemActor>,
  { store }: CheckPorts,
  record: ImportRecord,
  step: JobStep,
): Promise<void> {
  const table = await store.read(tableKey(record.prefix));
  if (table === null) throw new EarwitnessError("not_found", `${tableKey(record.prefix)} is not there any more.`);
  const rowCount = await noteRows(ctx, record, table, step);
  await ctx.unitOfWork(async (tx) => {
    const now = await tx.imports.lock(record.id);
    if (now.state === "running") await tx.imports.save({ ...now, rowCount });
  });
}
