import type { Context, SystemActor } from "../context.ts";
import { importedFileKey } from "../import/import-keys.ts";
import type { JobStep } from "../job/job-handler.ts";
import type { ImportRecord, ImportRowRecord } from "../ports/repositories/index.ts";
import { readTable, type TableLine } from "./read-table.ts";
import { saidInLine } from "./said-in-line.ts";

const ROWS_PER_TRANSACTION = 200;

/** Notes each line of a table once, and gives how many there are. Who dies on the way goes on after the last that is noted. */
export async function noteRows(
  ctx: Context<SystemActor>,
  record: ImportRecord,
  table: ReadableStream<Uint8Array>,
  step: JobStep,
): Promise<number> {
  const noted = await ctx.unitOfWork((tx) => tx.imports.lastLine(record.id));
  const files = new Set<string>();
  let rows: ImportRowRecord[] = [];
  let lines = 0;
  const note = async () => {
    const batch = rows;
    rows = [];
    await step.checkCancelled();
    await ctx.unitOfWork((tx) => tx.imports.addRows(batch));
  };
  for await (const line of readTable(table)) {
    lines = line.line;
    const row = rowOf(ctx, record, line, files);
    if (line.line > noted) rows.push(row);
    if (rows.length === ROWS_PER_TRANSACTION) await note();
  }
  await note();
  return lines;
}

/** `files` are those that were named before: a file is of one call. */
function rowOf(
  ctx: Context<SystemActor>,
  { id, workspaceId, prefix }: ImportRecord,
  { line, cells }: TableLine,
  files: Set<string>,
): ImportRowRecord {
  const about = { importId: id, workspaceId, line, callId: null };
  const refused = (reason: string): ImportRowRecord => {
    return { ...about, fileKey: cells.file ?? "", state: "refused", details: null, reason };
  };
  const read = saidInLine(cells, ctx.clock.now());
  if (typeof read === "string") return refused(read);
  const fileKey = importedFileKey(prefix, read.file);
  if (fileKey === null) return refused("file: must be the name of a file in this folder, or in one below it");
  if (files.has(fileKey)) return refused("file: stands in a line before this one");
  files.add(fileKey);
  const ids = { uploadId: ctx.newId("upload"), callId: ctx.newId("call"), recordingId: ctx.newId("recording") };
  return { ...about, fileKey, state: "waiting", details: { said: read.said, ...ids }, reason: null };
}
