import type { Context, SystemActor } from "../context.ts";
import type { BlobStore } from "../ports/index.ts";
import type { NamedObject, OpenFinding } from "../ports/repositories/index.ts";
import { nameObject, trashKey } from "./name-object.ts";

const FINDINGS_PER_RUN = 500;

/**
 * Looks at what was found once more, and settles what is right again: an object that is where its row has it, or that no row has any
 * more, a stranger that is gone for good, a recording that was taken away since. Returns how many.
 */
export async function settleFindings(ctx: Context<SystemActor>, blobs: Pick<BlobStore, "head">): Promise<number> {
  const open = await ctx.unitOfWork((tx) => tx.storageChecks.openFindings(FINDINGS_PER_RUN));
  let settled = 0;
  for (const finding of open) {
    if (!(await isRight(ctx, blobs, finding))) continue;
    await ctx.unitOfWork((tx) => tx.storageChecks.settle(finding.kind, finding.r2Key, ctx.clock.now()));
    settled++;
  }
  return settled;
}

async function isRight(
  ctx: Context<SystemActor>,
  blobs: Pick<BlobStore, "head">,
  { kind, r2Key, recordingId }: OpenFinding,
): Promise<boolean> {
  const recording = recordingId === null ? null : await ctx.unitOfWork((tx) => tx.recordings.find(recordingId));
  if (recording?.state === "purged") return true;
  const isThere = (await blobs.head(r2Key)) !== null;
  const named = nameObject(r2Key)?.named ?? null;
  switch (kind) {
    case "row_without_object":
      return isThere || (named !== null && !(await isKnown(ctx, named)));
    case "object_without_row": {
      const isKnownNow = named !== null && (await isKnown(ctx, named));
      return isThere ? isKnownNow : (await blobs.head(trashKey(r2Key))) === null;
    }
    case "checksum_differs":
      // Its bytes have to be read: the check of checksums settles it.
      return false;
  }
}

async function isKnown(ctx: Context<SystemActor>, named: NamedObject): Promise<boolean> {
  return (await ctx.unitOfWork((tx) => tx.storageChecks.known([named]))).has(named.key);
}
