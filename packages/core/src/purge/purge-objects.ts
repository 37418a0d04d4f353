import type { CallId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { UploadStore } from "../ports/index.ts";

/**
 * Takes the objects of what was purged of a call out of the storage. The record has let go of them in an earlier transaction and
 * keeps their keys until they are gone: an attempt that dies in between is done again, and nothing is listed that is gone.
 */
export async function purgeObjects(
  ctx: Context<SystemActor>,
  store: Pick<UploadStore, "remove">,
  callId: CallId,
): Promise<void> {
  const keys = await ctx.unitOfWork((tx) => tx.purges.objectsOf(callId));
  await store.remove(keys);
  await ctx.unitOfWork((tx) => tx.purges.forgetObjects(callId, keys));
  ctx.log.info("Objects were purged", { callId, objects: keys.length });
}
