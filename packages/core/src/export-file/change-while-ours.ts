import { EarwitnessError } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { ExportRecord, Repositories } from "../ports/repositories/index.ts";
import { ExportProgress } from "./export-progress.ts";

/**
 * Changes an export that is being written, where its place is still the `known` one, and does `besides` in the same
 * transaction. Throws `conflict` where it is not: then somebody else writes it, or nobody is to any more. Whoever tries
 * again finds out which, and goes on from there.
 */
export async function changeWhileOurs(
  ctx: Context<SystemActor>,
  known: Pick<ExportRecord, "id" | "progress">,
  how: Partial<ExportRecord>,
  besides: (tx: Repositories) => Promise<void> = async () => {},
): Promise<ExportRecord> {
  return ctx.unitOfWork(async (tx) => {
    const now = await tx.exports.lock(known.id);
    if (now.state !== "running" || placeOf(now) !== placeOf(known)) {
      throw new EarwitnessError("conflict", "Somebody else has gone on with this export, or it was cancelled.", {
        retryable: true,
      });
    }
    const changed: ExportRecord = { ...now, ...how };
    await tx.exports.save(changed);
    await besides(tx);
    await tx.outbox.tellWorkspace(now.workspaceId, "export");
    return changed;
  });
}

/** Names how far a file is: each step adds a part, and a file that is begun anew is another upload. */
function placeOf({ progress }: Pick<ExportRecord, "progress">): string {
  if (progress === null) return "not begun";
  const { uploadId, parts, isWhole } = ExportProgress.parse(progress);
  return `${parts.length}${isWhole ? ", which is all," : ""} of ${uploadId}`;
}
