import { withinLimit } from "@earwitness/shared";
import { readChecksum } from "../checksum/read-checksum.ts";
import type { Context, SystemActor } from "../context.ts";
import { HOUR_MS } from "../durations.ts";
import type { BlobStore, Hasher } from "../ports/index.ts";
import type { StoredRecording } from "../ports/repositories/index.ts";
import { recoverRecording } from "./recover-recording.ts";

export interface ChecksumPorts {
  readonly blobs: Pick<BlobStore, "read">;
  readonly newSha256: () => Hasher;
}

/** With the time, what one run reads; one recording at least, however long it is. */
const BYTES_PER_RUN = 4 * 1024 ** 3;
/** The largest recordings take most of a minute each. Together with the last one a run takes no longer than a scheduled work may. */
const RUN_MS = 60_000;
const READ_TIME_LIMIT_MS = 80_000;
const RECORDINGS_PER_RUN = 500;
/** After so many that could not be read the storage counts as away, and the rest waits. */
const MAX_FAILURES = 10;
/** What was looked at in the night before can wait. */
const CHECKED_FOR_MS = 20 * HOUR_MS;

/**
 * Reads stored recordings, those first that were looked at longest ago, and compares their SHA-256 with the record's. As many
 * bytes in one run as are stated, streamed. One that differs is written down, in the audit log, too, and left as it is: it is evidence.
 * One that cannot be read keeps no other from its turn, in this run or the next; when some could not, throws after the rest.
 */
export async function checkChecksums(
  ctx: Context<SystemActor>,
  ports: ChecksumPorts,
  asOf: Date,
): Promise<{ checked: number; bytes: number; differing: number }> {
  const checkedBefore = new Date(asOf.getTime() - CHECKED_FOR_MS);
  const sample = await ctx.unitOfWork((tx) => tx.storageChecks.longestUnchecked(checkedBefore, RECORDINGS_PER_RUN));
  const count = { checked: 0, bytes: 0, differing: 0 };
  const endsAt = ctx.clock.now().getTime() + RUN_MS;
  const failures: unknown[] = [];
  for (const recording of sample) {
    const isEnough = count.bytes + recording.sizeBytes > BYTES_PER_RUN || ctx.clock.now().getTime() >= endsAt;
    if ((count.checked > 0 && isEnough) || failures.length >= MAX_FAILURES) break;
    count.checked++;
    count.bytes += recording.sizeBytes;
    try {
      const sha256 = await withinLimit(digestOf(ports, recording), READ_TIME_LIMIT_MS);
      if (sha256 === null) await recoverRecording(ctx, recording);
      else if (await writeDown(ctx, recording, sha256)) count.differing++;
    } catch (error) {
      failures.push(error);
      ctx.log.warn("A recording could not be compared", { recordingId: recording.id, reason: String(error) });
      await ctx.unitOfWork((tx) => tx.storageChecks.markChecked(recording.id, ctx.clock.now()));
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `Of ${count.checked} recordings ${failures.length} could not be compared.`);
  return count;
}

/** null where the storage does not have it. */
async function digestOf({ blobs, newSha256 }: ChecksumPorts, { r2Key }: StoredRecording): Promise<string | null> {
  const body = await blobs.read(r2Key);
  if (body === null) return null;
  return (await readChecksum(body, newSha256())).checksum;
}

/** True where it differs. */
async function writeDown(ctx: Context<SystemActor>, recording: StoredRecording, sha256: string): Promise<boolean> {
  const { id, r2Key, workspaceId, callId } = recording;
  const at = ctx.clock.now();
  const isNews = await ctx.unitOfWork(async (tx) => {
    await tx.storageChecks.markChecked(id, at);
    if (sha256 === recording.sha256) {
      await tx.storageChecks.settle("checksum_differs", r2Key, at);
      return false;
    }
    const detail = `Stored as SHA-256 ${recording.sha256}, read as ${sha256}.`;
    const finding = { kind: "checksum_differs" as const, r2Key, workspaceId, recordingId: id, detail };
    const isNew = await tx.storageChecks.open(finding, at);
    if (isNew) {
      await tx.audit.append({
        action: "recording.differs",
        object: { kind: "recording", id },
        details: { callId, stored: recording.sha256, read: sha256 },
        workspaceId,
      });
    }
    return isNew;
  });
  if (isNews) ctx.log.error("A recording is not what was stored", { recordingId: id, object: r2Key });
  return sha256 !== recording.sha256;
}
