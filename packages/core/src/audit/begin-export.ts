import type { Context, UserActor } from "../context.ts";
import type { AuditHead } from "../ports/repositories/index.ts";

/**
 * Writes into the audit log that it is taken out, and returns where it ends with this entry: the export goes so far, and holds
 * nothing that comes meanwhile. `after` is the last entry that whoever asks has already.
 */
export async function beginAuditExport(ctx: Context<UserActor>, after: number): Promise<AuditHead> {
  return ctx.unitOfWork((tx) =>
    tx.audit.append({
      action: "audit.exported",
      object: { kind: "workspace", id: ctx.actor.workspaceId },
      details: { after },
    }),
  );
}
