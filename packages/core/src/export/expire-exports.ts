import type { ExportId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { ExportStore } from "../ports/export-store.ts";

/** What a run does at most; the next one comes soon. */
const EXPORTS_PER_RUN = 500;

/** Deletes the files of exports whose time is over. Safe to run twice at once. Returns how many it was through with. */
export async function expireExports(ctx: Context<SystemActor>, store: Pick<ExportStore, "remove">): Promise<number> {
  const expiredBefore = ctx.clock.now();
  const ids = await ctx.unitOfWork((tx) => tx.exports.expired({ expiredBefore, limit: EXPORTS_PER_RUN }));
  let expired = 0;
  for (const id of ids) if (await expire(ctx, store, id)) expired++;
  return expired;
}

/** The file goes first: what is told as expired leaves nothing behind, and whoever dies in between does it again. */
async function expire(ctx: Context<SystemActor>, store: Pick<ExportStore, "remove">, id: ExportId): Promise<boolean> {
  const { r2Key } = await ctx.unitOfWork((tx) => tx.exports.find(id));
  if (r2Key !== null) await store.remove(r2Key);
  return ctx.unitOfWork(async (tx) => {
    const record = await tx.exports.lock(id);
    if (record.state !== "ready") return false;
    await tx.exports.save({ ...record, state: "expired", r2Key: null });
    await tx.outbox.tellWorkspace(record.workspaceId, "export");
    return true;
  });
}
