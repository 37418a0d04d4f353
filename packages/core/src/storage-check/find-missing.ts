import { isId, type RecordingId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { BlobStore } from "../ports/index.ts";
import type { StoredRecording } from "../ports/repositories/index.ts";
import { recoverRecording } from "./recover-recording.ts";

/** Each is asked for twice, its sound and its loudness. */
const RECORDINGS_PER_RUN = 2_000;
const RECORDINGS_PER_PAGE = 100;
const RUN_MS = 40_000;
const POSITION = "orphans/rows";

/**
 * Compares the recordings of the record with what lies in the storage, a part in each run, from where the last one ended. One whose
 * audio is not there is noted, and fetched again where the carrier still has it. Returns how many were looked at, and how many
 * objects were missing.
 */
export async function findMissing(
  ctx: Context<SystemActor>,
  blobs: Pick<BlobStore, "head">,
): Promise<{ rows: number; missing: number }> {
  const count = { rows: 0, missing: 0 };
  const position = await ctx.unitOfWork((tx) => tx.cronRuns.position(POSITION));
  let after: RecordingId | null = position !== null && isId("recording", position) ? position : null;
  const endsAt = ctx.clock.now().getTime() + RUN_MS;
  while (count.rows < RECORDINGS_PER_RUN && ctx.clock.now().getTime() < endsAt) {
    const page = await ctx.unitOfWork((tx) => tx.storageChecks.stored(after, RECORDINGS_PER_PAGE));
    const missing = await Promise.all(page.map((recording) => countMissing(ctx, blobs, recording)));
    count.missing += missing.reduce((sum, each) => sum + each, 0);
    count.rows += page.length;
    after = page.length < RECORDINGS_PER_PAGE ? null : (page.at(-1)?.id ?? null);
    await ctx.unitOfWork((tx) => tx.cronRuns.move(POSITION, after));
    if (after === null) break;
  }
  return count;
}

async function countMissing(
  ctx: Context<SystemActor>,
  blobs: Pick<BlobStore, "head">,
  recording: StoredRecording,
): Promise<number> {
  let missing = 0;
  if ((await blobs.head(recording.r2Key)) === null && (await recoverRecording(ctx, recording))) missing++;
  const { peaksKey, workspaceId, id } = recording;
  if (peaksKey !== null && (await blobs.head(peaksKey)) === null) {
    missing++;
    const finding = { kind: "row_without_object" as const, r2Key: peaksKey, workspaceId, recordingId: id };
    const detail = "The drawing of its sound is not there. The sound plays without it.";
    await ctx.unitOfWork((tx) => tx.storageChecks.open({ ...finding, detail }, ctx.clock.now()));
  }
  return missing;
}
