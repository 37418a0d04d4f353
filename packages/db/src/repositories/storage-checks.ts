import { type NamedObject, peaksKey, recordingKey, type StorageCheckRepository } from "@earwitness/core";
import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, ne, or, sql } from "drizzle-orm";
import {
  calls,
  cronPositions,
  exports,
  legalHolds,
  recordingChunks,
  recordings,
  storageFindings,
  uploads,
  users,
} from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function storageCheckRepository(scope: Scope): StorageCheckRepository {
  const { db, clock, newId } = scope;

  const idsOf = <O extends NamedObject["of"], K>(
    objects: readonly NamedObject[],
    of: readonly O[],
    id: (object: Extract<NamedObject, { of: O }>) => K,
  ): K[] => {
    const isOne = (object: NamedObject): object is Extract<NamedObject, { of: O }> =>
      of.some((each) => each === object.of);
    return [...new Set(objects.filter(isOne).map(id))];
  };

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
    async position(name) {
      const [row] = await db.select().from(cronPositions).where(eq(cronPositions.name, name));
      return row?.position ?? null;
    },
    async move(name, position) {
      const values = { position, updatedAt: clock.now() };
      await db
        .insert(cronPositions)
        .values({ name, ...values })
        .onConflictDoUpdate({ target: cronPositions.name, set: values });
    },
    async known(objects) {
      const audio = await db
        .select()
        .from(recordings)
        .where(
          and(
            inArray(
              recordings.id,
              idsOf(objects, ["recording", "peaks"], ({ recordingId }) => recordingId),
            ),
            // One that was taken away is known as long as its objects are still to be deleted.
            or(ne(recordings.state, "purged"), isNotNull(recordings.r2Key)),
          ),
        );
      const callIds = idsOf(objects, ["chunk"], ({ callId }) => callId);
      const pieces = await db
        .select({ key: recordingChunks.r2Key })
        .from(recordingChunks)
        .where(inArray(recordingChunks.callId, callIds));
      // A room that has not told its last may still tell of a piece that lies there.
      const unsettled = await db
        .select({ id: calls.id })
        .from(calls)
        .where(and(inArray(calls.id, callIds), isNull(calls.liveEndedAt), isNull(calls.purgedAt)));
      const pictures = await db
        .select({ key: uploads.r2Key, id: uploads.id, state: uploads.state })
        .from(uploads)
        .where(
          inArray(
            uploads.id,
            idsOf(objects, ["screenshot"], ({ uploadId }) => uploadId),
          ),
        );
      const faces = await db
        .select({ key: users.image })
        .from(users)
        .where(
          inArray(
            users.id,
            idsOf(objects, ["avatar"], ({ userId }) => userId),
          ),
        );
      const files = await db
        .select({ id: exports.id, state: exports.state })
        .from(exports)
        .where(
          inArray(
            exports.id,
            idsOf(objects, ["export"], ({ exportId }) => exportId),
          ),
        );
      const keys = new Set<string | null>([
        ...audio.flatMap((each) => [each.r2Key, each.peaksKey, recordingKey(each), peaksKey(each)]),
        ...[...pieces, ...pictures, ...faces].map(({ key }) => key),
      ]);
      const telling = new Set(unsettled.map(({ id }) => id));
      const kept = new Set(
        files.filter(({ state }) => ["queued", "running", "ready"].includes(state)).map(({ id }) => id),
      );
      const isKnown = (object: NamedObject) =>
        keys.has(object.key) ||
        (object.of === "chunk" && telling.has(object.callId)) ||
        (object.of === "export" && kept.has(object.exportId));
      return new Set(objects.filter(isKnown).map(({ key }) => key));
    },
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
