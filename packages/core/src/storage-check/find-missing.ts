import { isId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { BlobStore } from "../ports/index.ts";
import type { AwaitedObject, NamingRow, StoredRecording } from "../ports/repositories/index.ts";
import { inTurns } from "./in-turns.ts";
import { nameObject } from "./name-object.ts";
import { recoverRecording } from "./recover-recording.ts";

type Blobs = Pick<BlobStore, "head">;

/** Recordings are asked for twice each, their sound and their loudness. */
const ROWS_PER_PAGE = 100;
const PAGES_PER_RUN = 30;
const RUN_MS = 40_000;

/** The sorts of rows that say that an object is there. */
export const CHECKED_ROWS = ["recording", "chunk", "screenshot", "export", "avatar"] as const;

/** What it means for a person that it is gone. */
const DETAIL: Readonly<Record<NamingRow, string>> = {
  chunk: "A piece of the call's live sound is not there. It is missed where no whole recording of the call is.",
  screenshot: "A picture of the call is not there. Nobody else has it.",
  export: "The exported file is not there. Have it written again.",
  avatar: "The person's picture is not there. They may choose it again.",
};

interface Page {
  readonly rows: number;
  readonly missing: number;
  /** Where the following page begins; null at the end. */
  readonly next: string | null;
}

/**
 * Compares the rows that name objects with what lies in the storage, a part of each sort in each run, from where the last one ended. A
 * recording whose audio is not there is noted, and fetched again where the carrier still has it; what else is not there is noted.
 * Returns how many rows were looked at, and how many objects were missing.
 */
export async function findMissing(ctx: Context<SystemActor>, blobs: Blobs): Promise<{ rows: number; missing: number }> {
  const count = { rows: 0, missing: 0 };
  await inTurns(ctx, CHECKED_ROWS, { pages: PAGES_PER_RUN, runMs: RUN_MS }, async (of) => {
    const position = `orphans/rows/${of}`;
    const after = await ctx.unitOfWork((tx) => tx.cronRuns.position(position));
    const page = of === "recording" ? await checkRecordings(ctx, blobs, after) : await checkRows(ctx, blobs, of, after);
    count.rows += page.rows;
    count.missing += page.missing;
    await ctx.unitOfWork((tx) => tx.cronRuns.move(position, page.next));
    return page.next !== null;
  });
  return count;
}

async function checkRecordings(ctx: Context<SystemActor>, blobs: Blobs, after: string | null): Promise<Page> {
  const last = after !== null && isId("recording", after) ? after : null;
  const rows = await ctx.unitOfWork((tx) => tx.storageChecks.stored(last, ROWS_PER_PAGE));
  const missing = await Promise.all(rows.map((recording) => countMissing(ctx, blobs, recording)));
  return { rows: rows.length, missing: sum(missing), next: nextOf(rows.map(({ id }) => id)) };
}

async function checkRows(ctx: Context<SystemActor>, blobs: Blobs, of: NamingRow, after: string | null): Promise<Page> {
  const rows = await ctx.unitOfWork((tx) => tx.storageChecks.awaited(of, after, ROWS_PER_PAGE));
  const missing = await Promise.all(
    rows.map(async (row) => ((await isMissing(ctx, blobs, row)) ? note(ctx, row, DETAIL[of]) : 0)),
  );
  return { rows: rows.length, missing: sum(missing), next: nextOf(rows.map(({ position }) => position)) };
}

async function countMissing(ctx: Context<SystemActor>, blobs: Blobs, recording: StoredRecording): Promise<number> {
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

/** Looked for in the record once more: the row may have let go of it since, as of a file that has expired. */
async function isMissing(ctx: Context<SystemActor>, blobs: Blobs, { key }: AwaitedObject): Promise<boolean> {
  if ((await blobs.head(key)) !== null) return false;
  const named = nameObject(key)?.named ?? null;
  return named === null || (await ctx.unitOfWork((tx) => tx.storageChecks.known([named]))).has(key);
}

async function note(ctx: Context<SystemActor>, { key, workspaceId }: AwaitedObject, detail: string): Promise<1> {
  const finding = { kind: "row_without_object" as const, r2Key: key, workspaceId, recordingId: null, detail };
  const isNew = await ctx.unitOfWork((tx) => tx.storageChecks.open(finding, ctx.clock.now()));
  if (isNew) ctx.log.error("An object that a row names is not in the storage", { object: key });
  return 1;
}

function nextOf(positions: readonly string[]): string | null {
  return positions.length < ROWS_PER_PAGE ? null : (positions.at(-1) ?? null);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, each) => total + each, 0);
}
