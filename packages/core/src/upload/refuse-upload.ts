import { type Failure, isId, type UploadId } from "@earwitness/shared";
import type { Actor, Context } from "../context.ts";
import type { UploadStore } from "../ports/index.ts";
import type { AuditEvent, Repositories, UploadRecord } from "../ports/repositories/index.ts";

/** Says why an upload is not taken, and deletes what was put. One that is settled already stays as it is. */
export async function refuseUpload(
  ctx: Context<Actor>,
  store: Pick<UploadStore, "remove">,
  uploadId: UploadId,
  reason: string,
): Promise<void> {
  const refused = await ctx.unitOfWork(async (tx) => markRefused(ctx, tx, await tx.uploads.lock(uploadId), reason));
  if (refused !== null) await store.remove(refused.r2Key);
}

/** Refuses an upload whose check was given up. What was put is deleted by the sweep. */
export async function giveUpUpload(
  ctx: Pick<Context, "clock">,
  tx: Repositories,
  uploadId: UploadId,
  failure: Failure,
): Promise<void> {
  const upload = await tx.uploads.lock(uploadId);
  await markRefused(ctx, tx, upload, `It could not be checked: ${failure.message}`);
}

/** Takes back that an upload was refused because its check was given up. Bytes that are gone since have the check refuse it anew. */
export async function checkUploadAgain(tx: Pick<Repositories, "uploads">, uploadId: UploadId): Promise<void> {
  const upload = await tx.uploads.lock(uploadId);
  if (upload.state !== "refused") return;
  await tx.uploads.save({ ...upload, state: "checking", reason: null, settledAt: null });
}

/** Within the transaction at hand; null, changing nothing, for one that is settled. */
export async function markRefused(
  ctx: Pick<Context, "clock">,
  tx: Pick<Repositories, "uploads" | "audit">,
  upload: UploadRecord,
  reason: string,
): Promise<UploadRecord | null> {
  if (upload.state === "accepted" || upload.state === "refused") return null;
  const refused: UploadRecord = { ...upload, state: "refused", reason, settledAt: ctx.clock.now() };
  await tx.uploads.save(refused);
  const details = { kind: upload.kind, sha256: upload.sha256, reason };
  await tx.audit.append({ action: "upload.refused", ...auditOf(upload), details });
  return refused;
}

/** Whose log an upload's entry belongs into, and as whose doing: a job does what somebody posted. */
export function auditOf({ id, workspaceId, details }: UploadRecord): Omit<AuditEvent, "action"> {
  const by = details?.by;
  const who =
    by === undefined ? {} : { by: { kind: isId("user", by) ? ("user" as const) : ("apiKey" as const), id: by } };
  return { object: { kind: "upload", id }, workspaceId, ...who };
}
