import { checkKey, UploadDetails, uploadOfAvatar, type WorkspaceActor } from "@earwitness/core";
import {
  type CallId,
  notFound,
  type ScreenshotView,
  type UploadId,
  type UploadView,
  type UserId,
} from "@earwitness/shared";
import { and, asc, eq, isNull } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { jobs, memberships, uploads, users } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";
import { namesOf } from "./people.ts";
import { requireVisibleCall } from "./visible-calls.ts";

/** So many are shown of a call; nobody attaches more by hand. */
const MAX_SCREENSHOTS = 200;

/** What became of an upload of the actor's. Throws `not_found` for somebody else's. */
export async function readUpload(scope: Scope, actor: WorkspaceActor, id: UploadId): Promise<UploadView> {
  const upload = requireRow(
    await scope.db
      .select()
      .from(uploads)
      .where(
        and(
          eq(uploads.id, id),
          inWorkspace(scope, uploads.workspaceId),
          actor.kind === "user" ? eq(uploads.createdBy, actor.userId) : isNull(uploads.createdBy),
        ),
      ),
    "The upload",
  );
  const [job] = await scope.db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.key, checkKey(id)), inWorkspace(scope, jobs.workspaceId)));
  // The call of a recording is there when the recording is accepted.
  const hasCall = upload.kind !== "recording" || upload.state === "accepted";
  return {
    id: upload.id,
    kind: upload.kind,
    state: upload.state,
    contentType: upload.contentType,
    sizeBytes: upload.sizeBytes,
    sha256: upload.sha256,
    reason: upload.reason,
    callId: hasCall ? upload.callId : null,
    jobId: job?.id ?? null,
    createdAt: upload.createdAt.toISOString(),
    expiresAt: upload.expiresAt.toISOString(),
  };
}

/** The pictures on a call, in the order in which they came. Throws `not_found` for a call that is not the actor's to see. */
export async function listScreenshots(scope: Scope, actor: WorkspaceActor, callId: CallId): Promise<ScreenshotView[]> {
  await requireVisibleCall(scope, callId);
  const rows = await scope.db
    .select()
    .from(uploads)
    .where(and(...ofCall(callId)))
    .orderBy(asc(uploads.createdAt), asc(uploads.id))
    .limit(MAX_SCREENSHOTS);
  const told = rows.map((row) => ({ ...row, details: UploadDetails.parse(row.metadata) }));
  const names = await namesOf(
    scope,
    actor,
    told.map(({ details }) => details.by),
  );
  return told.map(({ id, contentType, sizeBytes, sha256, createdAt, details: { said, by } }) => ({
    id,
    callId,
    caption: said.kind === "screenshot" ? said.caption : null,
    contentType,
    sizeBytes,
    sha256,
    by,
    byName: names.get(by) ?? null,
    createdAt: createdAt.toISOString(),
    url: `/v1/calls/${callId}/screenshots/${id}`,
  }));
}

/** Where a picture's bytes lie, and what they are. */
export interface StoredPicture {
  readonly r2Key: string;
  /** What tells this picture from another in the same place. */
  readonly version: string;
}

/** A picture of a call's. Throws `not_found` for another call's, and for a call that is not the actor's to see. */
export async function readScreenshot(scope: Scope, callId: CallId, id: UploadId): Promise<StoredPicture> {
  await requireVisibleCall(scope, callId);
  return requireRow(
    await scope.db
      .select({ r2Key: uploads.r2Key, version: uploads.sha256 })
      .from(uploads)
      .where(and(eq(uploads.id, id), ...ofCall(callId))),
    "The screenshot",
  );
}

function ofCall(callId: CallId) {
  return [eq(uploads.callId, callId), eq(uploads.kind, "screenshot"), eq(uploads.state, "accepted")];
}

/** The picture that stands for somebody of the actor's workspace. Throws `not_found` for anybody else, and where there is none. */
export async function readAvatar(
  { db }: Scope,
  { workspaceId }: WorkspaceActor,
  userId: UserId,
): Promise<StoredPicture> {
  const [member] = await db
    .select({ image: users.image })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId)));
  const r2Key = member?.image ?? null;
  const version = r2Key === null ? null : uploadOfAvatar(r2Key);
  if (r2Key === null || version === null) throw notFound("The picture");
  return { r2Key, version };
}
