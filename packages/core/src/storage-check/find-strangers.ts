import type { Context, SystemActor } from "../context.ts";
import { DAY_MS } from "../durations.ts";
import type { UploadStore } from "../ports/index.ts";
import { inTurns } from "./in-turns.ts";
import { CHECKED_FOLDERS, type FoundObject, nameObject, trashKey } from "./name-object.ts";

export type SweepStore = Pick<UploadStore, "head" | "read" | "list" | "putOnce" | "remove">;

/** An attempt that died between the storage and the record is made up for by its job, in hours at most. */
const STRANGE_AFTER_MS = DAY_MS;
/** Of a thousand keys each. A folder gets three at least. */
const PAGES_PER_RUN = 20;
/** Each is copied. Past them, folders are looked at as far as nothing strange is in them. */
const MOVES_PER_RUN = 200;
const RUN_MS = 60_000;

/**
 * Compares what lies in the storage with the record, a part of each folder in each run, from where the last one ended. An object that no
 * row knows for a day is moved aside, not deleted: whoever misses it finds it, until the bucket's own rule deletes it. What a workspace
 * that is held may own stays where it is. Returns how many were looked at, and how many were moved.
 */
export async function findStrangers(
  ctx: Context<SystemActor>,
  store: SweepStore,
): Promise<{ objects: number; strangers: number }> {
  const count = { objects: 0, strangers: 0 };
  await inTurns(ctx, CHECKED_FOLDERS, { pages: PAGES_PER_RUN, runMs: RUN_MS }, async (folder) => {
    const position = `orphans/objects/${folder}`;
    const page = await store.list(folder, await ctx.unitOfWork((tx) => tx.cronRuns.position(position)));
    const oldEnough = ctx.clock.now().getTime() - STRANGE_AFTER_MS;
    const found = page.files
      .filter(({ storedAt }) => storedAt.getTime() < oldEnough)
      .flatMap(({ key }) => nameObject(key) ?? []);
    count.objects += page.files.length;
    const strangers = await unknownOf(ctx, found);
    const taken = strangers.slice(0, MOVES_PER_RUN - count.strangers);
    for (const stranger of taken) {
      await moveAside(ctx, store, stranger);
      count.strangers++;
    }
    // The rest of the page is found there again.
    if (taken.length < strangers.length) return false;
    await ctx.unitOfWork((tx) => tx.cronRuns.move(position, page.next));
    return page.next !== null;
  });
  return count;
}

async function unknownOf(ctx: Context<SystemActor>, found: readonly FoundObject[]): Promise<FoundObject[]> {
  const named = found.flatMap((each) => each.named ?? []);
  const known = await ctx.unitOfWork((tx) => tx.storageChecks.known(named));
  return found.filter(({ key }) => !known.has(key));
}

/** Copied first, then looked for once more: a row may have come while it was copied. */
async function moveAside(ctx: Context<SystemActor>, store: SweepStore, stranger: FoundObject): Promise<void> {
  const { key, workspaceId } = stranger;
  const to = trashKey(key);
  const isKept = workspaceId !== null && (await ctx.unitOfWork((tx) => tx.storageChecks.isHeld(workspaceId)));
  if (!isKept) {
    if (!(await copy(store, key, to))) return;
    if ((await unknownOf(ctx, [stranger])).length === 0) return store.remove(to);
  }
  const detail = isKept ? "Nothing was moved: the workspace is held." : `It was moved to ${to}.`;
  const finding = { kind: "object_without_row" as const, r2Key: key, workspaceId, recordingId: null, detail };
  const isNew = await ctx.unitOfWork((tx) => tx.storageChecks.open(finding, ctx.clock.now()));
  if (!isKept) await store.remove(key);
  if (isNew) ctx.log.warn("An object was found that no row knows", { object: key, detail });
}

/** False where it is gone by now. */
async function copy(store: SweepStore, from: string, to: string): Promise<boolean> {
  const file = await store.head(from);
  const body = file === null ? null : await store.read(from);
  if (file === null || body === null) return false;
  const { sizeBytes, contentType } = file;
  const put = await store.putOnce(to, body, { sizeBytes, contentType: contentType ?? "application/octet-stream" });
  // One that died before it could remove the first has copied it: the body is not needed then.
  if (put === "existing") await body.cancel().catch(() => {});
  return true;
}
