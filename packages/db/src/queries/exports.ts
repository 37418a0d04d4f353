import type { ExportId, ExportView } from "@earwitness/shared";
import { and, desc, eq, ne, type SQL } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { exports } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";
import { instant } from "./call-summary.ts";

/** The list is what one may still fetch, with what came before it; the audit log has all of them. */
const LISTED = 100;

/** The workspace's exports, newest first. Those of the audit log only where `withAudit` says so. */
export async function listExports(scope: Scope, { withAudit }: { withAudit: boolean }): Promise<ExportView[]> {
  const rows = await scope.db
    .select()
    .from(exports)
    .where(among(scope, withAudit))
    .orderBy(desc(exports.createdAt), desc(exports.id))
    .limit(LISTED);
  return rows.map(toView);
}

/** One export. Throws `not_found`. */
export async function readExport(
  scope: Scope,
  exportId: ExportId,
  { withAudit }: { withAudit: boolean },
): Promise<ExportView> {
  const row = requireRow(
    await scope.db
      .select()
      .from(exports)
      .where(and(eq(exports.id, exportId), among(scope, withAudit))),
    "The export",
  );
  return toView(row);
}

function among(scope: Scope, withAudit: boolean): SQL | undefined {
  return and(inWorkspace(scope, exports.workspaceId), withAudit ? undefined : ne(exports.kind, "audit"));
}

function toView(row: typeof exports.$inferSelect): ExportView {
  return {
    id: row.id,
    kind: row.kind,
    format: row.format,
    filter: row.filter,
    state: row.state,
    jobId: row.jobId,
    requestedBy: row.requestedBy,
    rowCount: row.rowCount,
    sizeBytes: row.sizeBytes,
    sha256: row.sha256,
    reason: row.reason,
    createdAt: row.createdAt.toISOString(),
    finishedAt: instant(row.finishedAt),
    expiresAt: instant(row.expiresAt),
  };
}
