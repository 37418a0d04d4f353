import type { ExportId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { JobMore, JobStep } from "../job/job-handler.ts";
import type { ExportSource } from "../ports/export-source.ts";
import type { ExportStore } from "../ports/export-store.ts";
import type { Hasher } from "../ports/index.ts";
import type { ExportRecord } from "../ports/repositories/index.ts";
import { ExportProgress } from "./export-progress.ts";
import { finishExport } from "./finish-export.ts";
import type { FontShelf } from "./pdf/font-shelf.ts";
import { writeReport } from "./write-report.ts";
import { writeRows } from "./write-rows.ts";

export interface WriteExportPorts {
  readonly exportStore: ExportStore;
  readonly exportSource: ExportSource;
  readonly fonts: FontShelf;
  readonly newSha256: () => Hasher;
  readonly newSha512: () => Hasher;
  /** Where this API is served, for addresses in files. */
  readonly apiOrigin: string;
}

/**
 * Writes a file that somebody asked for, a part of it in one call, and says whether there is more to write. Whoever dies on the way
 * leaves the parts that are stored; the next one goes on after them, and no row is in the file twice or not at all. One that is over
 * is left alone.
 */
export async function writeExport(
  ctx: Context<SystemActor>,
  ports: WriteExportPorts,
  exportId: ExportId,
  step: JobStep,
): Promise<JobMore | undefined> {
  const wish = await begin(ctx, exportId);
  if (wish === null) return undefined;
  try {
    const write = wish.kind === "call_report" ? writeReport : writeRows;
    const file = await write(ctx, ports, wish, step);
    if (file === "more") return { kind: "more" };
    await finishExport(ctx, ports, wish, file);
  } catch (error) {
    if (!(await isOver(ctx, exportId))) throw error;
    // Somebody has cancelled it meanwhile: what was written by then is nobody's.
    const begun = ExportProgress.safeParse(wish.progress);
    if (begun.success) await ports.exportStore.abortParts(begun.data);
  }
  return undefined;
}

async function isOver(ctx: Context<SystemActor>, exportId: ExportId): Promise<boolean> {
  const { state } = await ctx.unitOfWork((tx) => tx.exports.find(exportId));
  return state !== "queued" && state !== "running";
}

/** null for one that is over. */
async function begin(ctx: Context<SystemActor>, exportId: ExportId): Promise<ExportRecord | null> {
  return ctx.unitOfWork(async (tx) => {
    const wish = await tx.exports.lock(exportId);
    if (wish.state === "running") return wish;
    if (wish.state !== "queued") return null;
    const begun: ExportRecord = { ...wish, state: "running" };
    await tx.exports.save(begun);
    await tx.outbox.tellWorkspace(wish.workspaceId, "export");
    return begun;
  });
}
