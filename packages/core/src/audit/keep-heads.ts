import type { WorkspaceId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { BlobStore } from "../ports/blob-store.ts";
import type { AuditHead } from "../ports/repositories/index.ts";

/** So many logs are looked at in one query. */
const PAGE = 200;

/** Where the head of a workspace's log is kept that had `n` entries. */
export function auditHeadKey({ workspaceId, n }: Pick<AuditHead, "workspaceId" | "n">): string {
  return `audit-heads/${workspaceId}/${n}.json`;
}

/**
 * Keeps where each workspace's audit log ends outside of the database, under keys that are written once: whoever rewrites the log
 * later, with whatever right in the database, is at odds with what lies there. A head that is kept already and says another
 * thing is told as an error. Returns how many were new.
 */
export async function keepAuditHeads(
  ctx: Context<SystemActor>,
  blobs: Pick<BlobStore, "putOnce" | "read">,
): Promise<number> {
  let kept = 0;
  for (let after: WorkspaceId | null = null; ; ) {
    const heads: AuditHead[] = await ctx.unitOfWork((tx) => tx.audit.heads(after, PAGE));
    for (const head of heads) if (await keep(ctx, blobs, head)) kept += 1;
    const last = heads.at(-1);
    if (last === undefined || heads.length < PAGE) return kept;
    after = last.workspaceId;
  }
}

async function keep(
  ctx: Context<SystemActor>,
  blobs: Pick<BlobStore, "putOnce" | "read">,
  { workspaceId, n, sha256 }: AuditHead,
): Promise<boolean> {
  const key = auditHeadKey({ workspaceId, n });
  const text = JSON.stringify({ workspaceId, n, sha256 });
  const known = await blobs.read(key);
  if (known !== null) {
    const isSame = (await new Response(known).text()) === text;
    if (!isSame) ctx.log.error("The audit log is not what it was", { workspaceId, n, sha256, key });
    return false;
  }
  const bytes = new TextEncoder().encode(text);
  const body = new Blob([bytes]).stream();
  return (await blobs.putOnce(key, body, { sizeBytes: bytes.length, contentType: "application/json" })) === "stored";
}
