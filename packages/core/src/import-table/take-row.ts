import { EarwitnessError, hasCode, isId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { ImportRecord, ImportRowRecord, UploadRecord } from "../ports/repositories/index.ts";
import { recordingKey } from "../recording/recording-keys.ts";
import { makeCall } from "../upload/accept-recording.ts";
import type { CheckPorts } from "../upload/check-upload.ts";
import { faultOfCall } from "../upload/fault-of-call.ts";
import { lookAtSound, type SoundFacts } from "../upload/look-at-sound.ts";
import { takenType } from "../upload/upload-rules.ts";

/**
 * Takes one file over as if it had been uploaded: looked at, stored under its final key, and made a call of; or says why not, in
 * its line. Then its place in the folder for imports is empty; a file that is refused stays there, to be mended. Safe to run again
 * at any point.
 */
export async function takeRow(
  ctx: Context<SystemActor>,
  ports: CheckPorts,
  record: ImportRecord,
  row: ImportRowRecord,
  signal: AbortSignal,
): Promise<void> {
  const fault = (await isTaken(ctx, row)) ? null : await take(ctx, ports, record, row, signal);
  // Somebody thought dead may have taken it over meanwhile, and its file away.
  const reason = fault === null || (await isTaken(ctx, row)) ? null : fault;
  if (reason === null) await ports.store.remove(row.fileKey);
  await ctx.unitOfWork((tx) =>
    tx.imports.settleRow(
      reason === null
        ? { ...row, state: "taken", callId: row.details?.callId ?? null }
        : { ...row, state: "refused", reason },
    ),
  );
}

/** Whoever took it over before us may have died before it could say so. */
async function isTaken(ctx: Context<SystemActor>, { details }: ImportRowRecord): Promise<boolean> {
  if (details === null) return false;
  try {
    return (await ctx.unitOfWork((tx) => tx.uploads.find(details.uploadId))).state === "accepted";
  } catch (error) {
    if (hasCode(error, "not_found")) return false;
    throw error;
  }
}

/** null once it is taken over; else why it is not. */
async function take(
  ctx: Context<SystemActor>,
  { store, newSha256 }: CheckPorts,
  record: ImportRecord,
  { fileKey, details }: ImportRowRecord,
  signal: AbortSignal,
): Promise<string | null> {
  if (details === null || details.said.kind !== "recording") return "Nothing was said of the call that it is of.";
  const stored = await store.head(fileKey);
  const contentType = typeOf(fileKey, stored?.sizeBytes ?? 0);
  if (!contentType.isTaken) return contentType.reason;
  const file = stored === null ? null : await store.read(fileKey);
  if (stored === null || file === null) return "There is no such file.";
  const facts = await lookAtSound(file, { contentType: contentType.name, sha256: null }, newSha256(), signal);
  if (typeof facts === "string") return facts;
  const fault = faultOfCall(details.said, facts, ctx.clock.now());
  if (fault !== null) return fault;
  const body = await store.read(fileKey);
  if (body === null) throw new EarwitnessError("unavailable", "The file went away while it was looked at. Try again.");
  const upload = uploadOf(ctx, record, details, { sizeBytes: stored.sizeBytes, contentType: contentType.name }, facts);
  const { id, r2Key, sizeBytes, sha256 } = upload;
  const put = { sizeBytes, contentType: contentType.name, sha256, metadata: { upload: id } };
  // Somebody who died after their put may have found another file under this name.
  if ((await store.putOnce(r2Key, body, put)) === "existing" && (await store.head(r2Key))?.sha256 !== sha256)
    return "The file was replaced while it was taken over. Start another import for it.";
  // No sooner: the sweep takes up an upload that is being checked, and this one is the import's alone.
  await ctx.unitOfWork(async (tx) => {
    await tx.uploads.add(upload);
    await makeCall(ctx, tx, upload, facts);
  });
  return null;
}

/** By its name, which is all that a file in a folder has. */
function typeOf(
  fileKey: string,
  sizeBytes: number,
): { isTaken: true; name: string } | { isTaken: false; reason: string } {
  const extension = fileKey.split(".").at(-1)?.toLowerCase();
  const contentType = extension === "wav" ? "audio/wav" : extension === "mp3" ? "audio/mpeg" : null;
  if (contentType === null)
    return { isTaken: false, reason: "Only WAV and MP3 files are taken, by the end of their name." };
  try {
    return { isTaken: true, name: takenType("recording", { contentType, sizeBytes }) };
  } catch (error) {
    if (hasCode(error, "too_large")) return { isTaken: false, reason: error.message };
    throw error;
  }
}

/** The upload that it counts as. */
function uploadOf(
  { clock }: Pick<Context, "clock">,
  { workspaceId, requestedBy }: ImportRecord,
  { said, uploadId, callId, recordingId }: NonNullable<ImportRowRecord["details"]>,
  { sizeBytes, contentType }: Pick<UploadRecord, "sizeBytes" | "contentType">,
  { format, sha256 }: SoundFacts,
): UploadRecord {
  const now = clock.now();
  return {
    id: uploadId,
    workspaceId,
    kind: "recording",
    contentType,
    sizeBytes,
    sha256,
    state: "checking",
    r2Key: recordingKey({ workspaceId, callId, id: recordingId, format }),
    reason: null,
    details: { said, by: requestedBy, recordingId },
    callId,
    createdBy: isId("user", requestedBy) ? requestedBy : null,
    createdAt: now,
    expiresAt: now,
    settledAt: null,
  };
}
