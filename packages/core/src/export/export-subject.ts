import type { ExportId, ExportState, Failure } from "@earwitness/shared";
import type { Context } from "../context.ts";
import type { Repositories } from "../ports/repositories/index.ts";

type Tx = Pick<Repositories, "exports" | "outbox">;

/** Says that an export came to nothing, and why. One that is over stays as it is. */
export function failExport(ctx: Pick<Context, "clock">, tx: Tx, id: ExportId, failure: Failure): Promise<void> {
  return end(ctx, tx, id, "failed", failure.message);
}

/** Says that somebody wants an export no more. */
export function cancelExport(ctx: Pick<Context, "clock">, tx: Tx, id: ExportId): Promise<void> {
  return end(ctx, tx, id, "cancelled", null);
}

/** Has an export that failed written again, from the beginning. */
export async function writeExportAgain(tx: Tx, id: ExportId): Promise<void> {
  const record = await tx.exports.lock(id);
  if (record.state !== "failed") return;
  await tx.exports.save({ ...record, state: "queued", progress: null, rowCount: 0, reason: null, finishedAt: null });
  await tx.outbox.tellWorkspace(record.workspaceId, "export");
}

async function end(
  ctx: Pick<Context, "clock">,
  tx: Tx,
  id: ExportId,
  state: ExportState & ("failed" | "cancelled"),
  reason: string | null,
): Promise<void> {
  const record = await tx.exports.lock(id);
  if (record.state !== "queued" && record.state !== "running") return;
  await tx.exports.save({ ...record, state, reason, progress: null, finishedAt: ctx.clock.now() });
  await tx.outbox.tellWorkspace(record.workspaceId, "export");
}
