import { EarwitnessError, type UploadId } from "@earwitness/shared";
import type { Actor, Context } from "../context.ts";
import type { JobStep } from "../job/job-handler.ts";
import type { Hasher, UploadStore } from "../ports/index.ts";
import type { UploadRecord } from "../ports/repositories/index.ts";
import { recordingKey } from "../recording/recording-keys.ts";
import { acceptPicture } from "./accept-picture.ts";
import { acceptRecording } from "./accept-recording.ts";
import { faultOfCall } from "./fault-of-call.ts";
import { lookAtPicture } from "./look-at-picture.ts";
import { lookAtSound } from "./look-at-sound.ts";
import { refuseUpload } from "./refuse-upload.ts";
import { avatarKey, screenshotKey } from "./upload-keys.ts";
import { extensionOf } from "./upload-rules.ts";

export interface CheckPorts {
  readonly store: UploadStore;
  readonly newSha256: () => Hasher;
}

type CheckStep = Pick<JobStep, "signal" | "progress">;

/** A check that is no job goes on for as long as it takes, and nobody looks on. */
const NO_JOB: CheckStep = { signal: new AbortController().signal, progress: async () => {} };

/**
 * Compares what was put with what was announced: real size, checksum, and by its bytes what it is. Only then it is moved to its
 * final key, written once, and becomes what it was put for; else it is refused with the reason, and deleted. One that is settled, or of
 * which nothing was posted, is left alone. Safe to run again and at once.
 */
export async function checkUpload(
  ctx: Context<Actor>,
  ports: CheckPorts,
  uploadId: UploadId,
  step: CheckStep = NO_JOB,
): Promise<void> {
  const { store } = ports;
  const upload = await ctx.unitOfWork((tx) => tx.uploads.find(uploadId));
  if (upload.state !== "checking") return;
  const fault = await faultBeforeReading(store, upload);
  const file = fault === null ? await store.read(upload.r2Key) : null;
  if (file === null) return refuseUpload(ctx, store, uploadId, fault ?? GONE);
  const found =
    upload.kind === "recording"
      ? await takeRecording(ctx, ports, upload, file, step)
      : await takePicture(ctx, ports, upload, file);
  if (found !== null) return refuseUpload(ctx, store, uploadId, found);
  // What is not deleted here, because we died, the sweep deletes.
  await store.remove(upload.r2Key);
}

/** Takes it over, or says why not. */
async function takeRecording(
  ctx: Context<Actor>,
  { store, newSha256 }: CheckPorts,
  upload: UploadRecord,
  file: ReadableStream<Uint8Array>,
  step: CheckStep,
): Promise<string | null> {
  const tell = (readBytes: number) => step.progress(readBytes, upload.sizeBytes, "bytes");
  const facts = await lookAtSound(file, upload, newSha256(), step.signal, tell);
  if (typeof facts === "string") return facts;
  const said = upload.details?.said;
  if (said?.kind !== "recording") return "Nothing was said of the call that it is of.";
  const fault = faultOfCall(said, facts, ctx.clock.now());
  if (fault !== null) return fault;
  await move(store, upload);
  await acceptRecording(ctx, upload.id, facts);
  return null;
}

/** Takes it over, or says why not. */
async function takePicture(
  ctx: Context<Actor>,
  { store, newSha256 }: CheckPorts,
  upload: UploadRecord,
  file: ReadableStream<Uint8Array>,
): Promise<string | null> {
  const fault = await lookAtPicture(file, upload, newSha256());
  if (fault !== null) return fault;
  await move(store, upload);
  const replaced = await acceptPicture(ctx, upload.id, finalKey(upload));
  if (replaced !== null) await store.remove(replaced);
  return null;
}

const GONE = "Its bytes are not there any more.";

/** What the store tells of it without giving it out. */
async function faultBeforeReading(store: UploadStore, upload: UploadRecord): Promise<string | null> {
  const stored = await store.head(upload.r2Key);
  if (stored === null) return GONE;
  if (stored.sizeBytes !== upload.sizeBytes) {
    return `It has ${stored.sizeBytes} bytes; ${upload.sizeBytes} were announced.`;
  }
  // R2 keeps a checksum of its own where the put carried one. Without it the bytes tell.
  if (stored.sha256 !== null && stored.sha256 !== upload.sha256) {
    return "Its bytes are others than were announced: the SHA-256 differs.";
  }
  return null;
}

/** Copies the file to where it stays. The store compares it once more on the way. */
async function move(store: UploadStore, upload: UploadRecord): Promise<void> {
  const key = finalKey(upload);
  const body = await store.read(upload.r2Key);
  if (body !== null) {
    const { contentType, sizeBytes, sha256, id } = upload;
    await store.putOnce(key, body, { sizeBytes, contentType, sha256, metadata: { upload: id } });
  } else if ((await store.head(key)) === null) {
    // Somebody else who checks it may be faster and have deleted it; then it is where it belongs. Here it is nowhere.
    throw new EarwitnessError("unavailable", "The file went away while it was checked. Try again.");
  }
}

/** Where it lies once it is accepted. */
function finalKey(upload: UploadRecord): string {
  const { kind, contentType, callId, createdBy, details } = upload;
  const extension = extensionOf(kind, contentType);
  if (kind === "recording" && callId !== null && details !== null && details.recordingId !== null) {
    const format = extension === "mp3" ? "mp3" : "wav";
    return recordingKey({ workspaceId: upload.workspaceId, callId, id: details.recordingId, format });
  }
  if (kind === "screenshot" && callId !== null) return screenshotKey(upload, callId, extension);
  if (kind === "avatar" && createdBy !== null) return avatarKey(upload, createdBy, extension);
  throw new Error(`The upload ${upload.id} is for nothing.`);
}
