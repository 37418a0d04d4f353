import type { StorageCheckRepository } from "@earwitness/core";
import { and, asc, eq, gt, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { legalHolds, recordings, storageFindings } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { awaitedObjects } from "./storage-check/awaited-objects.ts";
import { knownKeys } from "./storage-check/known-keys.ts";

export function storageCheckRepository(scope: Scope): StorageCheckRepository {
  const { db, newId } = scope;

  const storedRows = () =>
    db
      .select({
        id: recordings.id,
        workspaceId: recordings.workspaceId,
        callId: recordings.callId,
        r2Key: sql<string>`${recordings.r2Key}`,
        peaksKey: recordings.peaksKey,
        sizeBytes: sql<string>`${recordings.sizeBytes}`.mapWith(Number),
        sha256: sql<string>`${recordings.sha256}`,
      })
      .from(recordings);
  const isStored = and(
    eq(recordings.state, "stored"),
    isNotNull(recordings.r2Key),
    isNotNull(recordings.sizeBytes),
    isNotNull(recordings.sha256),
  );

  return {
    known: (objects) => knownKeys(db, objects),
    async isHeld(workspaceId) {
      const [holding] = await db
        .select({ id: legalHolds.id })
        .from(legalHolds)
        .where(and(eq(legalHolds.workspaceId, workspaceId), isNull(legalHolds.releasedAt)))
        .limit(1);
      return holding !== undefined;
    },
    stored(after, limit) {
      return storedRows()
        .where(and(isStored, after === null ? undefined : gt(recordings.id, after)))
        .orderBy(asc(recordings.id))
        .limit(limit);
    },
    awaited: (of, after, limit) => awaitedObjects(db, of, after, limit),
    longestUnchecked(checkedBefore, limit) {
      return storedRows()
        .where(and(isStored, or(isNull(recordings.checkedAt), lt(recordings.checkedAt, checkedBefore))))
        .orderBy(sql`${recordings.checkedAt} asc nulls first`, asc(recordings.id))
        .limit(limit);
    },
    async markChecked(id, at) {
      await db.update(recordings).set({ checkedAt: at }).where(eq(recordings.id, id));
    },
    async open(finding, at) {
      // One that was settled and is found again is news.
      const found = await db
        .insert(storageFindings)
        .values({ id: newId("finding"), ...finding, foundAt: at, settledAt: null })
        .onConflictDoUpdate({
          target: [storageFindings.kind, storageFindings.r2Key],
          set: { foundAt: at, settledAt: null, detail: finding.detail },
          setWhere: isNotNull(storageFindings.settledAt),
        })
        .returning({ id: storageFindings.id });
      return found.length > 0;
    },
    async settle(kind, r2Key, at) {
      await db
        .update(storageFindings)
        .set({ settledAt: at })
        .where(
          and(eq(storageFindings.kind, kind), eq(storageFindings.r2Key, r2Key), isNull(storageFindings.settledAt)),
        );
    },
    openFindings(limit) {
      return db
        .select()
        .from(storageFindings)
        .where(isNull(storageFindings.settledAt))
        .orderBy(asc(storageFindings.foundAt))
        .limit(limit);
    },
  };
}
