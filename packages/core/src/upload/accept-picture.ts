import type { UploadId } from "@earwitness/shared";
import type { Actor, Context } from "../context.ts";
import { auditOf } from "./refuse-upload.ts";

/**
 * Takes a picture over that lies under its final key: a screenshot is on its call from now on, an avatar stands for its person.
 * Gives the key of the avatar that it takes the place of; null where there is none.
 */
export async function acceptPicture(ctx: Context<Actor>, uploadId: UploadId, r2Key: string): Promise<string | null> {
  return ctx.unitOfWork(async (tx) => {
    const upload = await tx.uploads.lock(uploadId);
    if (upload.state !== "checking") return null;
    await tx.uploads.save({ ...upload, state: "accepted", r2Key, settledAt: ctx.clock.now() });
    const { kind, workspaceId, callId, createdBy, contentType, sizeBytes, sha256 } = upload;
    let replaced: string | null = null;
    if (kind === "avatar" && createdBy !== null) {
      replaced = await tx.uploads.setAvatar(createdBy, r2Key);
      await tx.outbox.tellWorkspace(workspaceId, "me");
    }
    if (kind === "screenshot" && callId !== null) await tx.outbox.tellCall(workspaceId, callId);
    const details = { kind, contentType, sizeBytes, sha256, ...(callId === null ? {} : { callId }) };
    await tx.audit.append({ action: "upload.accepted", ...auditOf(upload), details });
    return replaced;
  });
}
