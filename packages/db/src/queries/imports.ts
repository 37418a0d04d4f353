import type { ImportId, ImportView } from "@earwitness/shared";
import { and, asc, count, desc, eq } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { importRows, imports } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";
import { instant } from "./call-summary.ts";

const LISTED = 50;
/** Whoever mends the first hundred has seen what is wrong with the others. */
const REFUSALS_SHOWN = 100;

/** The workspace's imports, newest first. */
export async function listImports(scope: Scope): Promise<ImportView[]> {
  const rows = await scope.db
    .select()
    .from(imports)
    .where(inWorkspace(scope, imports.workspaceId))
    .orderBy(desc(imports.createdAt), desc(imports.id))
    .limit(LISTED);
  const views: ImportView[] = [];
  for (const row of rows) views.push(await toView(scope, row));
  return views;
}

/** One import, with the first lines that were refused. Throws `not_found`. */
export async function readImport(scope: Scope, importId: ImportId): Promise<ImportView> {
  const row = requireRow(
    await scope.db
      .select()
      .from(imports)
      .where(and(eq(imports.id, importId), inWorkspace(scope, imports.workspaceId))),
    "The import",
  );
  return toView(scope, row);
}

async function toView({ db }: Scope, row: typeof imports.$inferSelect): Promise<ImportView> {
  const [taken] = await db
    .select({ rows: count() })
    .from(importRows)
    .where(and(eq(importRows.importId, row.id), eq(importRows.state, "taken")));
  const refused = await db
    .select({ line: importRows.line, fileKey: importRows.fileKey, reason: importRows.reason })
    .from(importRows)
    .where(and(eq(importRows.importId, row.id), eq(importRows.state, "refused")))
    .orderBy(asc(importRows.line))
    .limit(REFUSALS_SHOWN);
  return {
    id: row.id,
    prefix: row.prefix,
    state: row.state,
    jobId: row.jobId,
    rowCount: row.rowCount,
    taken: taken?.rows ?? 0,
    refused: refused.map(({ line, fileKey, reason }) => ({ line, file: fileKey, reason: reason ?? "" })),
    reason: row.reason,
    createdAt: row.createdAt.toISOString(),
    finishedAt: instant(row.finishedAt),
  };
}
