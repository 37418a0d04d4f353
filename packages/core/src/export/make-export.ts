import { EarwitnessError, type ExportId, type JobId, type MakeExport } from "@earwitness/shared";
import { actorName } from "../call-desk/actor-name.ts";
import type { Context, WorkspaceActor } from "../context.ts";
import { authorize } from "../identity/permissions.ts";

/** So many may be on their way for one workspace: each takes the place of others' in the queue. */
const MAX_UNFINISHED = 10;

/**
 * Has a file written of what the actor may see: calls, transcripts, the audit log, or one call. Throws `forbidden` for the audit log
 * where the actor may not read it, `not_found` for a call that they do not see, and `too_many_requests` while
 * ten are being written.
 */
export async function makeExport(
  ctx: Context<WorkspaceActor>,
  wish: MakeExport,
): Promise<{ jobId: JobId; exportId: ExportId }> {
  if (wish.kind === "audit") authorize(ctx.actor, "audit:read");
  const { workspaceId } = ctx.actor;
  const { kind, format, ...asked } = wish;
  const id = ctx.newId("export");
  const requestedBy = actorName(ctx.actor);
  return ctx.unitOfWork(async (tx) => {
    if ((await tx.exports.countUnfinished()) >= MAX_UNFINISHED) throw tooMany();
    if (wish.kind === "call_report") await tx.calls.find(wish.callId);
    const head = await tx.audit.append({
      action: "export.made",
      object: { kind: "export", id },
      details: { kind, format, ...asked },
    });
    // The log of the asking is the last entry that is exported.
    const filter = kind === "audit" ? { ...asked, upTo: head.n } : asked;
    const jobId = await tx.jobs.add({
      workspaceId,
      kind: "export.write",
      key: `export.write/${id}`,
      payload: { exportId: id },
      ...(wish.kind === "call_report" ? { callId: wish.callId } : {}),
    });
    await tx.exports.add({
      id,
      workspaceId,
      kind,
      format,
      filter,
      requestedBy,
      sees: "all",
      state: "queued",
      jobId,
      progress: null,
      rowCount: 0,
      sizeBytes: null,
      sha256: null,
      r2Key: null,
      reason: null,
      createdAt: ctx.clock.now(),
      finishedAt: null,
      expiresAt: null,
    });
    await tx.outbox.tellWorkspace(workspaceId, "export");
    return { jobId, exportId: id };
  });
}

const tooMany = () =>
  new EarwitnessError(
    "too_many_requests",
    `${MAX_UNFINISHED} exports of this workspace are being written. Wait for one, or cancel one.`,
    { retryAfterMs: 30_000 },
  );
