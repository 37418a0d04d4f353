import type { UploadId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { UploadStore } from "../ports/index.ts";
import { addCheck } from "./complete-upload.ts";
import { markRefused } from "./refuse-upload.ts";
import { QUARANTINE, uploadOfKey } from "./upload-keys.ts";
import { LONGEST_GRACE_MS, lastPostAt } from "./upload-rules.ts";

/** What a run does at most of each; the next one is minutes away. */
const UPLOADS_PER_RUN = 200;
const PAGES_PER_RUN = 10;
/** A check that takes longer than any of ours may has been given up, or broke off. */
const CHECKED_WITHIN_MS = 30 * 60_000;

type SweepStore = Pick<UploadStore, "head" | "list" | "remove">;

/**
 * Clears up after uploads that came to nothing: those that never arrived, or of which nothing was ever posted, are refused and
 * deleted; checks that broke off are run; what lies in quarantine for nobody is deleted. Safe to run twice at once. Returns how
 * many of each there were.
 */
export async function sweepUploads(
  ctx: Context<SystemActor>,
  store: SweepStore,
): Promise<{ expired: number; resumed: number; removed: number }> {
  const expired = await expireAwaited(ctx, store);
  const resumed = await resumeChecks(ctx);
  const removed = await emptyQuarantine(ctx, store);
  return { expired, resumed, removed };
}

async function expireAwaited(ctx: Context<SystemActor>, store: SweepStore): Promise<number> {
  const now = ctx.clock.now();
  const overdue = await ctx.unitOfWork((tx) =>
    tx.uploads.overdue({ state: "awaited", expiredBefore: now, limit: UPLOADS_PER_RUN }),
  );
  let expired = 0;
  for (const id of overdue) if (await expire(ctx, store, id, now)) expired++;
  return expired;
}

/** One at a time, each in a transaction of its own: the audit log is held for no longer than one needs it. */
async function expire(ctx: Context<SystemActor>, store: SweepStore, id: UploadId, now: Date): Promise<boolean> {
  const { r2Key } = await ctx.unitOfWork((tx) => tx.uploads.find(id));
  const isThere = (await store.head(r2Key)) !== null;
  const refused = await ctx.unitOfWork(async (tx) => {
    const upload = await tx.uploads.lock(id);
    if (upload.state !== "awaited" || lastPostAt(upload) >= now) return null;
    return markRefused(ctx, tx, upload, isThere ? "Nobody said in time what it is." : "It did not come in its time.");
  });
  if (refused === null) return false;
  await store.remove(refused.r2Key);
  return true;
}

async function resumeChecks(ctx: Context<SystemActor>): Promise<number> {
  const expiredBefore = new Date(ctx.clock.now().getTime() - CHECKED_WITHIN_MS);
  return ctx.unitOfWork(async (tx) => {
    const overdue = await tx.uploads.overdue({ state: "checking", expiredBefore, limit: UPLOADS_PER_RUN });
    for (const id of overdue) await addCheck(tx, await tx.uploads.find(id));
    return overdue.length;
  });
}

/**
 * What is older than any put that may still be posted, and belongs to no upload that is. A put whose address was used again after
 * its upload was settled leaves such, and so does a deletion that we did not live to see.
 */
async function emptyQuarantine(ctx: Context<SystemActor>, store: SweepStore): Promise<number> {
  const oldEnough = ctx.clock.now().getTime() - LONGEST_GRACE_MS;
  let removed = 0;
  let after: string | null = null;
  for (let pages = 0; pages < PAGES_PER_RUN; pages++) {
    const page: Awaited<ReturnType<SweepStore["list"]>> = await store.list(QUARANTINE, after);
    const old = page.files.filter(({ storedAt }) => storedAt.getTime() < oldEnough);
    const ids = old.flatMap(({ key }) => uploadOfKey(key) ?? []);
    const unsettled = ids.length === 0 ? new Set() : await ctx.unitOfWork((tx) => tx.uploads.unsettled(ids));
    for (const { key } of old) {
      const id = uploadOfKey(key);
      if (id !== null && unsettled.has(id)) continue;
      await store.remove(key);
      removed++;
    }
    if (page.next === null) break;
    after = page.next;
  }
  return removed;
}
