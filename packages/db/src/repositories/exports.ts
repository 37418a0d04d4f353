import type { ExportRecord, ExportRepository } from "@earwitness/core";
import { and, asc, count, eq, inArray, lt } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { exports } from "../schema/index.ts";
import { inWorkspace, type Scope, workspaceOf } from "../scope.ts";
import { lockWorkspace } from "./lock-workspace.ts";

export function exportRepository(scope: Scope): ExportRepository {
  const { db } = scope;
  const own = inWorkspace(scope, exports.workspaceId);
  const byId = (id: ExportRecord["id"]) =>
    db
      .select()
      .from(exports)
      .where(and(eq(exports.id, id), own));

  return {
    async add(wish) {
      await db.insert(exports).values(wish);
    },
    async find(id) {
      return requireRow(await byId(id), "The export");
    },
    async lock(id) {
      return requireRow(await byId(id).for("update"), "The export");
    },
    async save({ id, ...changes }) {
      await db
        .update(exports)
        .set(changes)
        .where(and(eq(exports.id, id), own));
    },
    async countUnfinished() {
      const workspaceId = workspaceOf(scope.actor);
      if (workspaceId === null) return 0;
      await lockWorkspace(scope, workspaceId);
      const [counted] = await db
        .select({ unfinished: count() })
        .from(exports)
        .where(and(own, inArray(exports.state, ["queued", "running"])));
      return counted?.unfinished ?? 0;
    },
    async expired({ expiredBefore, limit }) {
      const rows = await db
        .select({ id: exports.id })
        .from(exports)
        .where(and(eq(exports.state, "ready"), lt(exports.expiresAt, expiredBefore), own))
        .orderBy(asc(exports.expiresAt))
        .limit(limit);
      return rows.map(({ id }) => id);
    },
  };
}
