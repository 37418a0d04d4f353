import { EarwitnessError, type ImportId, type JobId, type StartImport } from "@earwitness/shared";
import { actorName } from "../call-desk/actor-name.ts";
import type { Context, WorkspaceActor } from "../context.ts";
import type { BlobStore } from "../ports/blob-store.ts";
import { importPrefix, tableKey } from "./import-keys.ts";
import { refuseShared } from "./refuse-shared.ts";

/** Each takes the storage's and the transcriber's time for hours. */
const MAX_UNFINISHED = 2;

/**
 * Takes over the recordings that a table in the workspace's folder for imports names. Throws `invalid_request` for a folder's name
 * that is none, `not_found` where there is no table in it, `conflict` while its files are being taken over already, and
 * `too_many_requests` while two imports are under way.
 */
export async function startImport(
  ctx: Context<WorkspaceActor>,
  store: Pick<BlobStore, "head">,
  wish: StartImport,
): Promise<{ jobId: JobId; importId: ImportId }> {
  const { workspaceId } = ctx.actor;
  const prefix = importPrefix(workspaceId, wish.prefix);
  if ((await store.head(tableKey(prefix))) === null) throw noTable(prefix);
  const id = ctx.newId("import");
  return ctx.unitOfWork(async (tx) => {
    const underWay = await tx.imports.unfinished(workspaceId);
    if (underWay.length >= MAX_UNFINISHED) throw tooMany();
    refuseShared(prefix, underWay);
    const payload = { importId: id };
    const jobId = await tx.jobs.add({ workspaceId, kind: "import.take", key: `import.take/${id}`, payload });
    await tx.imports.add({
      id,
      workspaceId,
      prefix,
      requestedBy: actorName(ctx.actor),
      state: "queued",
      jobId,
      rowCount: null,
      reason: null,
      createdAt: ctx.clock.now(),
      finishedAt: null,
    });
    await tx.outbox.tellWorkspace(workspaceId, "import");
    await tx.audit.append({ action: "import.started", object: { kind: "import", id }, details: { prefix } });
    return { jobId, importId: id };
  });
}

const noTable = (prefix: string) =>
  new EarwitnessError(
    "not_found",
    `There is no ${tableKey(prefix)} in the storage. Put it there with the files, then start again.`,
  );
const tooMany = () =>
  new EarwitnessError("too_many_requests", `${MAX_UNFINISHED} imports of this workspace are under way. Wait for one.`, {
    retryAfterMs: 60_000,
  });
