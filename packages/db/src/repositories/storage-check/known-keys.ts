import { type NamedObject, peaksKey, recordingKey } from "@earwitness/core";
import { and, inArray, isNotNull, isNull, ne, or } from "drizzle-orm";
import { calls, exports, recordingChunks, recordings, uploads, users } from "../../schema/index.ts";
import type { Scope } from "../../scope.ts";

/** The keys of those objects that a row says there is, or of which a row says that it is on its way. */
export async function knownKeys(db: Scope["db"], objects: readonly NamedObject[]): Promise<ReadonlySet<string>> {
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
  const kept = new Set(files.filter(({ state }) => ["queued", "running", "ready"].includes(state)).map(({ id }) => id));
  const isKnown = (object: NamedObject) =>
    keys.has(object.key) ||
    (object.of === "chunk" && telling.has(object.callId)) ||
    (object.of === "export" && kept.has(object.exportId));
  return new Set(objects.filter(isKnown).map(({ key }) => key));
}

/** The ids in the keys of some kinds of objects, each once. */
function idsOf<O extends NamedObject["of"], K>(
  objects: readonly NamedObject[],
  of: readonly O[],
  id: (object: Extract<NamedObject, { of: O }>) => K,
): K[] {
  const isOne = (object: NamedObject): object is Extract<NamedObject, { of: O }> =>
    of.some((each) => each === object.of);
  return [...new Set(objects.filter(isOne).map(id))];
}
