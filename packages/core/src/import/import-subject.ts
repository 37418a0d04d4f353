import { EarwitnessError, type Failure, type ImportId } from "@earwitness/shared";
import type { Context } from "../context.ts";
import { DAY_MS } from "../durations.ts";
import type { ImportRecord, Repositories } from "../ports/repositories/index.ts";
import { refuseShared } from "./refuse-shared.ts";

/** How long the lines of an import that became no call are kept after its end. Without them it cannot go on. */
export const IMPORT_LINES_KEPT_MS = 90 * DAY_MS;

type Tx = Pick<Repositories, "imports" | "outbox">;

/** Says that an import stopped, and why. What was taken over by then stays. One that is over stays as it is. */
export function failImport(ctx: Pick<Context, "clock">, tx: Tx, id: ImportId, failure: Failure): Promise<void> {
  return endImport(ctx, tx, id, { state: "failed", reason: failure.message });
}

/** Says that somebody wants no more of it taken over. */
export function cancelImport(ctx: Pick<Context, "clock">, tx: Tx, id: ImportId): Promise<void> {
  return endImport(ctx, tx, id, { state: "cancelled", reason: null });
}

/**
 * Has an import that failed go on where it stopped. Throws `conflict` while another takes over the same files, and where its lines are
 * forgotten, or about to be.
 */
export async function goOnWithImport(ctx: Pick<Context, "clock">, tx: Tx, id: ImportId): Promise<void> {
  const record = await tx.imports.lock(id);
  if (record.state !== "failed") return;
  const now = ctx.clock.now().getTime();
  if (record.finishedAt !== null && now - record.finishedAt.getTime() >= IMPORT_LINES_KEPT_MS)
    throw new EarwitnessError("conflict", "This import ended too long ago to go on: start it anew.");
  refuseShared(record.prefix, await tx.imports.unfinished(record.workspaceId));
  await tx.imports.save({ ...record, state: "queued", reason: null, finishedAt: null });
  await tx.outbox.tellWorkspace(record.workspaceId, "import");
}

/** Says how an import ended. One that is over stays as it is. */
export async function endImport(
  ctx: Pick<Context, "clock">,
  tx: Tx,
  id: ImportId,
  end: Pick<ImportRecord, "state" | "reason">,
): Promise<void> {
  const record = await tx.imports.lock(id);
  if (record.state !== "queued" && record.state !== "running") return;
  await tx.imports.save({ ...record, ...end, finishedAt: ctx.clock.now() });
  await tx.outbox.tellWorkspace(record.workspaceId, "import");
}
