import type { NumberRepository } from "@earwitness/core";
import { and, eq, sql } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { numbers } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

export function numberRepository(scope: Scope): NumberRepository {
  const { db } = scope;
  return {
    async find(id) {
      return requireRow(
        await db
          .select()
          .from(numbers)
          .where(and(eq(numbers.id, id), inWorkspace(scope, numbers.workspaceId))),
        "The number",
      );
    },
    async idsOf(workspaceId) {
      const found = await db
        .select({ id: numbers.id })
        .from(numbers)
        .where(and(eq(numbers.workspaceId, workspaceId), inWorkspace(scope, numbers.workspaceId)));
      return found.map(({ id }) => id);
    },
    async byE164(e164) {
      const [number] = await db.select().from(numbers).where(eq(numbers.e164, e164));
      return number ?? null;
    },
    async claim({ keyTerms, ...number }) {
      const claimed = await db
        .insert(numbers)
        .values({ ...number, keyTerms: [...keyTerms] })
        .onConflictDoNothing({ target: numbers.e164 })
        .returning({ id: numbers.id });
      return claimed.length > 0;
    },
    async change(id, expectedVersion, { keyTerms, ...changes }) {
      const [changed] = await db
        .update(numbers)
        .set({
          ...changes,
          ...(keyTerms === undefined ? {} : { keyTerms: [...keyTerms] }),
          version: expectedVersion + 1,
        })
        .where(and(eq(numbers.id, id), eq(numbers.version, expectedVersion), inWorkspace(scope, numbers.workspaceId)))
        .returning();
      return changed ?? null;
    },
    async markPublished(id, version) {
      await db
        .update(numbers)
        .set({ publishedVersion: sql`greatest(${numbers.publishedVersion}, ${version})` })
        .where(eq(numbers.id, id));
    },
  };
}
