import type { ExportId } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";
import { authorize } from "../identity/permissions.ts";
import { cancelExport } from "./export-subject.ts";

/**
 * Says that a file is not wanted any more: whoever writes it stops at its next part. One that is over stays as it is. Throws
 * `not_found`, and `forbidden` for the audit log's where the actor may not read that.
 */
export async function stopExport(ctx: Context<WorkspaceActor>, exportId: ExportId): Promise<void> {
  await ctx.unitOfWork(async (tx) => {
    const { kind } = await tx.exports.find(exportId);
    if (kind === "audit") authorize(ctx.actor, "audit:read");
    await cancelExport(ctx, tx, exportId);
  });
}
