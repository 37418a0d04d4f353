import { type ImportRecord, type ImportRepository, ImportRowDetails } from "@earwitness/core";
import { and, asc, count, eq, inArray, max, ne } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { importRows, imports } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";
import { lockWorkspace } from "./lock-workspace.ts";

export function importRepository(scope: Scope): ImportRepository {
  const { db } = scope;
  const own = inWorkspace(scope, imports.workspaceId);
  const ownRows = inWorkspace(scope, importRows.workspaceId);
  const byId = (id: ImportRecord["id"]) =>
    db
      .select()
      .from(imports)
      .where(and(eq(imports.id, id), own));

  return {
    async add(record) {
      await db.insert(imports).values(record);
    },
    async find(id) {
      return requireRow(await byId(id), "The import");
    },
    async lock(id) {
      return requireRow(await byId(id).for("update"), "The import");
    },
    async save({ id, ...changes }) {
      await db
        .update(imports)
        .set(changes)
        .where(and(eq(imports.id, id), own));
    },
    async unfinished(workspaceId) {
      await lockWorkspace(scope, workspaceId);
      return db
        .select({ id: imports.id, prefix: imports.prefix })
        .from(imports)
        .where(and(eq(imports.workspaceId, workspaceId), own, inArray(imports.state, ["queued", "running"])));
    },
    async addRows(rows) {
      if (rows.length > 0)
        await db
          .insert(importRows)
          .values([...rows])
          .onConflictDoNothing();
    },
    async lastLine(id) {
      const [last] = await db
        .select({ line: max(importRows.line) })
        .from(importRows)
        .where(and(eq(importRows.importId, id), ownRows));
      return last?.line ?? 0;
    },
    async waiting(id, limit) {
      const rows = await db
        .select()
        .from(importRows)
        .where(and(eq(importRows.importId, id), eq(importRows.state, "waiting"), ownRows))
        .orderBy(asc(importRows.line))
        .limit(limit);
      return rows.map((row) => ({
        ...row,
        details: row.details === null ? null : ImportRowDetails.parse(row.details),
      }));
    },
    async countSettled(id) {
      const [counted] = await db
        .select({ settled: count() })
        .from(importRows)
        .where(and(eq(importRows.importId, id), ne(importRows.state, "waiting"), ownRows));
      return counted?.settled ?? 0;
    },
    async settleRow({ importId, line, state, callId, reason }) {
      await db
        .update(importRows)
        .set({ state, callId, reason, details: null })
        .where(
          and(eq(importRows.importId, importId), eq(importRows.line, line), eq(importRows.state, "waiting"), ownRows),
        );
    },
  };
}
