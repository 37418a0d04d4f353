import { type CompleteUpload, EarwitnessError, type UploadId } from "@earwitness/shared";
import { actorName } from "../call-desk/actor-name.ts";
import type { Context, WorkspaceActor } from "../context.ts";
import type { Repositories, UploadRecord } from "../ports/repositories/index.ts";
import { checkKey } from "./check-key.ts";
import { type CheckPorts, checkUpload } from "./check-upload.ts";
import { requireOwn } from "./own-upload.ts";
import { soundCallOf } from "./said-of-call.ts";
import { lastPostAt } from "./upload-rules.ts";

/**
 * Says what a file is that was put, and has it compared with what was announced: a picture at once, a recording by a job. The same
 * again changes nothing. Throws `not_found`, `conflict` before the file is there or when something else was said of it,
 * `unprocessable` when it came too late, and `invalid_request` for what cannot be said of it.
 */
export async function completeUpload(
  ctx: Context<WorkspaceActor>,
  ports: CheckPorts,
  uploadId: UploadId,
  posted: CompleteUpload,
): Promise<void> {
  const said = posted.kind === "recording" ? { ...posted, ...soundCallOf(posted, ctx.clock.now()) } : posted;
  const awaited = await ctx.unitOfWork((tx) => tx.uploads.find(uploadId));
  requireOwn(ctx.actor, awaited);
  if (awaited.kind !== said.kind) throw anotherKind(awaited, said);
  if (awaited.state === "awaited") {
    if (ctx.clock.now() > lastPostAt(awaited)) throw tooLate();
    if ((await ports.store.head(awaited.r2Key)) === null) throw notHere();
  }
  const { state } = await ctx.unitOfWork((tx) => begin(ctx, tx, uploadId, said));
  // A picture that is still being checked may be one whose check broke off: doing it twice does it once.
  if (state === "checking" && said.kind !== "recording") await checkUpload(ctx, ports, uploadId);
}

async function begin(
  ctx: Context<WorkspaceActor>,
  tx: Repositories,
  uploadId: UploadId,
  said: CompleteUpload,
): Promise<UploadRecord> {
  const upload = await tx.uploads.lock(uploadId);
  if (upload.details !== null) {
    if (JSON.stringify(upload.details.said) !== JSON.stringify(said)) throw saidOtherwise();
    return upload;
  }
  // The sweep may have been faster.
  if (upload.state !== "awaited") throw tooLate();
  if (said.kind === "screenshot") await tx.calls.find(said.callId);
  const recordingId = said.kind === "recording" ? ctx.newId("recording") : null;
  const begun: UploadRecord = {
    ...upload,
    state: "checking",
    details: { said, by: actorName(ctx.actor), recordingId },
    callId: said.kind === "recording" ? ctx.newId("call") : said.kind === "screenshot" ? said.callId : null,
  };
  await tx.uploads.save(begun);
  if (said.kind === "recording") await addCheck(tx, begun);
  return begun;
}

/** Has the file checked by a job. Asked twice, it is one job. */
export async function addCheck(
  tx: Pick<Repositories, "jobs">,
  { id, workspaceId }: Pick<UploadRecord, "id" | "workspaceId">,
): Promise<void> {
  const payload = { uploadId: id };
  await tx.jobs.add({ workspaceId, kind: "upload.check", key: checkKey(id), payload });
}

function anotherKind(upload: UploadRecord, said: CompleteUpload): EarwitnessError {
  return new EarwitnessError("invalid_request", `A ${upload.kind} was announced, not a ${said.kind}.`, {
    fields: [{ pointer: "#/kind", detail: `must be ${upload.kind}` }],
  });
}

const notHere = () =>
  new EarwitnessError(
    "conflict",
    "The file is not here yet. Put it by the request that the announcement gave, and post this again.",
  );
const tooLate = () => new EarwitnessError("unprocessable", "The file did not come in its time. Announce it anew.");
const saidOtherwise = () =>
  new EarwitnessError("conflict", "Something else was said of this upload before. What was said first counts.");
