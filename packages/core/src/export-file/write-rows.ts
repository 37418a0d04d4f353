import { base64Of, bytesOfBase64, EarwitnessError, hasCode } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import { exportFileName, exportKey, exportType } from "../export/export-keys.ts";
import type { JobStep } from "../job/job-handler.ts";
import type { ExportRecord } from "../ports/repositories/index.ts";
import { changeWhileOurs } from "./change-while-ours.ts";
import { ExportProgress } from "./export-progress.ts";
import type { WrittenFile } from "./finish-export.ts";
import { PartBuffer } from "./part-buffer.ts";
import { ROW_KINDS } from "./table/index.ts";
import type { RowKind } from "./table/row-kind.ts";
import type { WriteExportPorts } from "./write-export.ts";

/** So many rows are in memory at a time, however many there are. */
const ROWS_PER_PAGE = 1_000;

/**
 * Writes the rows after the last part that is stored, until there is one part more or none are left. `more` while there may be
 * others. The place is kept after the part is stored: who dies between the two leaves a part that is written over.
 */
export async function writeRows(
  ctx: Context<SystemActor>,
  ports: WriteExportPorts,
  wish: ExportRecord,
  step: JobStep,
): Promise<WrittenFile | "more"> {
  const begun = wish.progress === null ? await beginFile(ctx, ports, wish) : wish;
  const { isWhole } = ExportProgress.parse(begun.progress);
  const now = isWhole ? begun : await writePart(ctx, ports, begun, step);
  const progress = ExportProgress.parse(now.progress);
  if (!progress.isWhole) return "more";
  await complete(ctx, ports, now, progress);
  return { key: progress.key, rowCount: progress.rows, known: now.progress };
}

/** Adds a part, which is the last one where it is not full. */
async function writePart(
  ctx: Context<SystemActor>,
  ports: WriteExportPorts,
  wish: ExportRecord,
  step: JobStep,
): Promise<ExportRecord> {
  const rows = rowsOf(wish);
  const known = ExportProgress.parse(wish.progress);
  const buffer = new PartBuffer(bytesOfBase64(known.overrun));
  if (known.parts.length === 0) buffer.add(rows.heading(wish.format));
  let { place, rows: written } = known;
  for (let isLast = false; !isLast && !buffer.isFull; ) {
    await step.checkCancelled();
    const page = await rows.page(ports.exportSource, wish, place, ROWS_PER_PAGE);
    for (const row of page) {
      buffer.add(row.text);
      place = row.place;
      written++;
      if (buffer.isFull) break;
    }
    isLast = page.length < ROWS_PER_PAGE;
    await step.progress(written, known.total, "rows");
  }
  const parts = [...known.parts];
  // A file of nothing is one part of nothing.
  if (buffer.part().length > 0 || parts.length === 0) {
    parts.push(await ports.exportStore.putPart(known, parts.length + 1, buffer.part()));
  }
  const overrun = base64Of(buffer.overrun());
  const progress: ExportProgress = { ...known, parts, place, overrun, rows: written, isWhole: !buffer.isFull };
  return changeWhileOurs(ctx, wish, { progress, rowCount: written });
}

function rowsOf({ kind }: ExportRecord): RowKind {
  if (kind === "call_report") throw new Error("A call's report has no rows.");
  return ROW_KINDS[kind];
}

async function beginFile(
  ctx: Context<SystemActor>,
  ports: WriteExportPorts,
  wish: ExportRecord,
): Promise<ExportRecord> {
  const total = await rowsOf(wish).count(ports.exportSource, wish);
  const contentType = exportType(wish.format);
  const upload = await ports.exportStore.beginParts(exportKey(wish), { contentType, fileName: exportFileName(wish) });
  const progress: ExportProgress = { ...upload, parts: [], place: null, overrun: "", rows: 0, total, isWhole: false };
  return changeWhileOurs(ctx, wish, { progress });
}

/** Puts the file together. Where the store has other parts than we know of, the file is begun anew. */
async function complete(
  ctx: Context<SystemActor>,
  { exportStore }: WriteExportPorts,
  wish: ExportRecord,
  { parts, ...upload }: Pick<ExportProgress, "key" | "uploadId" | "parts">,
): Promise<void> {
  try {
    await exportStore.completeParts(upload, parts);
  } catch (error) {
    if (!hasCode(error, "conflict")) throw error;
    await changeWhileOurs(ctx, wish, { progress: null, rowCount: 0 });
    await exportStore.abortParts(upload);
    throw new EarwitnessError("unavailable", "The file's parts do not fit together. It is written anew.", {
      cause: error,
    });
  }
}
