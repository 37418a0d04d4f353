import { EarwitnessError, type ExportDownload, type ExportId } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";
import { authorize } from "../identity/permissions.ts";
import type { ExportStore } from "../ports/export-store.ts";
import { CallOfExport } from "./call-of-export.ts";

/** URLs for browsers live no longer than this. */
const URL_TTL_SECONDS = 10 * 60;

/**
 * Gives an address at which the file is for ten minutes, after writing into the audit log who gets it. Throws `conflict` for one that
 * is not ready, or expired, `forbidden` where the file is of the audit log and the actor may not read that, and `not_found` where
 * it is of a call that they do not see any more.
 */
export async function downloadExport(
  ctx: Context<WorkspaceActor>,
  store: Pick<ExportStore, "presignGet">,
  exportId: ExportId,
): Promise<ExportDownload> {
  const now = ctx.clock.now();
  const key = await ctx.unitOfWork(async (tx) => {
    const { id, kind, filter, state, r2Key, expiresAt, sha256 } = await tx.exports.find(exportId);
    if (kind === "audit") authorize(ctx.actor, "audit:read");
    // A call that was deleted since is seen nowhere, and so is its report.
    if (kind === "call_report") await tx.calls.find(CallOfExport.parse(filter).callId);
    const isExpired = state === "expired" || (expiresAt !== null && expiresAt <= now);
    if (isExpired) throw new EarwitnessError("conflict", "The file has expired. Have it written again.");
    if (state !== "ready" || r2Key === null) throw new EarwitnessError("conflict", "The file is not ready.");
    await tx.audit.append({ action: "export.downloaded", object: { kind: "export", id }, details: { kind, sha256 } });
    return r2Key;
  });
  const url = await store.presignGet(key, URL_TTL_SECONDS);
  return { url, expiresAt: new Date(now.getTime() + URL_TTL_SECONDS * 1000).toISOString() };
}
