import { type AnnouncedUpload, type AnnounceUpload, EarwitnessError } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";
import { asPerson } from "../identity/permissions.ts";
import type { UploadStore } from "../ports/index.ts";
import { announcerOf } from "./own-upload.ts";
import { quarantineKey } from "./upload-keys.ts";
import { takenType } from "./upload-rules.ts";

/** Within it a put must begin. URLs for browsers live no longer than this. */
const PUT_TTL_SECONDS = 10 * 60;
/** So many files may be on their way for one person, or for the keys of one workspace. */
const MAX_AWAITED = 20;

/**
 * Lets somebody put one file into quarantine, and tells by which request: for ten minutes, of just this type, length and checksum,
 * once. Throws `invalid_request` for a type that is not taken of this kind, `too_large`, `forbidden` for a key's avatar, and
 * `too_many_requests` while too many are awaited.
 */
export async function announceUpload(
  ctx: Context<WorkspaceActor>,
  store: Pick<UploadStore, "presignPut">,
  { kind, sizeBytes, sha256, ...announced }: AnnounceUpload,
): Promise<AnnouncedUpload> {
  const contentType = takenType(kind, { ...announced, sizeBytes });
  if (kind === "avatar") asPerson(ctx);
  const { workspaceId } = ctx.actor;
  const named = { id: ctx.newId("upload"), workspaceId };
  const r2Key = quarantineKey(named);
  const file = { contentType, sizeBytes, sha256 };
  const createdAt = ctx.clock.now();
  const expiresAt = new Date(createdAt.getTime() + PUT_TTL_SECONDS * 1000);
  await ctx.unitOfWork(async (tx) => {
    if ((await tx.uploads.countAwaited()) >= MAX_AWAITED) throw tooMany();
    await tx.uploads.add({
      ...named,
      ...file,
      kind,
      r2Key,
      state: "awaited",
      reason: null,
      details: null,
      callId: null,
      createdBy: announcerOf(ctx.actor),
      createdAt,
      expiresAt,
      settledAt: null,
    });
    await tx.audit.append({
      action: "upload.announced",
      object: { kind: "upload", id: named.id },
      details: { kind, ...file },
    });
  });
  const { url, headers } = await store.presignPut(r2Key, file, PUT_TTL_SECONDS);
  return { id: named.id, method: "PUT", url, headers, expiresAt: expiresAt.toISOString() };
}

const tooMany = () =>
  new EarwitnessError(
    "too_many_requests",
    `${MAX_AWAITED} files are announced and not here yet. Put them, or wait until they expire.`,
    { retryAfterMs: 60_000 },
  );
