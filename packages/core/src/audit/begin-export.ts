import { EarwitnessError } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";
import type { AuditHead } from "../ports/repositories/index.ts";

/**
 * Writes into the audit log that it is taken out, and returns where it ends with this entry: the export goes so far, and holds
 * nothing that comes meanwhile. `after` is the last entry that whoever asks has already. Throws
 * `invalid_request` for one that the log does not have.
 */
export async function beginAuditExport(ctx: Context<WorkspaceActor>, after: number): Promise<AuditHead> {
  return ctx.unitOfWork(async (tx) => {
    const head = await tx.audit.append({
      action: "audit.exported",
      object: { kind: "workspace", id: ctx.actor.workspaceId },
      details: { after },
    });
    if (after < head.n) return head;
    throw new EarwitnessError("invalid_request", "The log does not go so far: see errors.", {
      fields: [{ pointer: "query/after", detail: "must be the number of an entry of the log" }],
    });
  });
}
