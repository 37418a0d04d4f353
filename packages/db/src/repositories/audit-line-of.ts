import type { AuditLine } from "@earwitness/shared/audit";
import type { auditEntries } from "../schema/index.ts";

/** A row of the log as the line that is hashed and exported. */
export function auditLineOf(row: typeof auditEntries.$inferSelect): AuditLine {
  return {
    workspaceId: row.workspaceId,
    n: row.n,
    at: row.at.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId },
    action: row.action,
    object: { kind: row.objectKind, id: row.objectId },
    details: row.details,
    ipAddress: row.ipAddress,
    userAgent: row.userAgent,
    requestId: row.requestId,
    previousSha256: row.previousSha256,
    sha256: row.sha256,
  };
}
