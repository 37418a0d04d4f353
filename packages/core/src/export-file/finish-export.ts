import { EarwitnessError, isId } from "@earwitness/shared";
import { readChecksum } from "../checksum/read-checksum.ts";
import type { Context, SystemActor } from "../context.ts";
import { DAY_MS } from "../durations.ts";
import type { ExportRecord, Repositories } from "../ports/repositories/index.ts";
import { changeWhileOurs } from "./change-while-ours.ts";
import type { WriteExportPorts } from "./write-export.ts";

/** A file that is whole, and where its export stood then. */
export interface WrittenFile {
  readonly key: string;
  readonly rowCount: number;
  readonly known: ExportRecord["progress"];
}

/** Whoever wants it later has it written again, as things are then. */
const KEPT_FOR_MS = 7 * DAY_MS;
/** Whoever had to wait longer than this is not looking any more, and gets a mail. */
const WAITED_MS = 30_000;

/**
 * Says that an export's file is there, how large it is and by which SHA-256 it is known. No digest can be put by between two steps,
 * so the file is read once from beginning to end.
 */
export async function finishExport(
  ctx: Context<SystemActor>,
  { exportStore, newSha256 }: Pick<WriteExportPorts, "exportStore" | "newSha256">,
  wish: ExportRecord,
  { key, rowCount, known }: WrittenFile,
): Promise<void> {
  const body = await exportStore.read(key);
  if (body === null) throw new EarwitnessError("unavailable", "The file is not where it was just put. Try again.");
  const { checksum, sizeBytes } = await readChecksum(body, newSha256());
  const now = ctx.clock.now();
  await changeWhileOurs(
    ctx,
    { id: wish.id, progress: known },
    {
      state: "ready",
      progress: null,
      rowCount,
      sizeBytes,
      sha256: checksum,
      r2Key: key,
      finishedAt: now,
      expiresAt: new Date(now.getTime() + KEPT_FOR_MS),
    },
    (tx) => (now.getTime() - wish.createdAt.getTime() > WAITED_MS ? tellByMail(ctx, tx, wish) : Promise.resolve()),
  );
}

/** Writes to the person who asked; a program asks by itself. */
async function tellByMail(
  ctx: Context<SystemActor>,
  tx: Repositories,
  { id, workspaceId, requestedBy }: ExportRecord,
): Promise<void> {
  if (!isId("user", requestedBy)) return;
  const user = await tx.users.find(requestedBy);
  if (user === null) return;
  const mail = {
    id: ctx.newId("mail"),
    workspaceId,
    kind: "export_ready",
    to: user.email,
    about: { exportId: id },
  } as const;
  await tx.mails.add(mail, `export_ready/${id}`);
}
