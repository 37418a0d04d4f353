import { UploadDetails, type UploadRecord, type UploadRepository, uploadOfAvatar } from "@earwitness/core";
import { EarwitnessError, type UploadId } from "@earwitness/shared";
import { and, asc, count, eq, gt, inArray, isNull, lt } from "drizzle-orm";
import { requireRow } from "../require-row.ts";
import { apiKeys, uploads, users } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";

export function uploadRepository(scope: Scope): UploadRepository {
  const { db, actor, clock } = scope;
  const own = inWorkspace(scope, uploads.workspaceId);
  const byId = (id: UploadId) =>
    db
      .select()
      .from(uploads)
      .where(and(eq(uploads.id, id), own));

  return {
    async add({ details, ...upload }) {
      await db.insert(uploads).values({ ...upload, metadata: details });
    },
    async find(id) {
      return toRecord(requireRow(await byId(id), "The upload"));
    },
    async lock(id) {
      return toRecord(requireRow(await byId(id).for("update"), "The upload"));
    },
    async save({ id, details, ...changes }) {
      await db
        .update(uploads)
        .set({ ...changes, metadata: details })
        .where(and(eq(uploads.id, id), own));
    },
    async countAwaited() {
      if (actor.kind !== "user" && actor.kind !== "apiKey") {
        throw new EarwitnessError("forbidden", "Uploads are announced by people and their programs.");
      }
      const isPerson = actor.kind === "user";
      // Two at once that both counted before either was there would both pass.
      await (isPerson
        ? db.select({ id: users.id }).from(users).where(eq(users.id, actor.userId)).for("update")
        : db.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.id, actor.keyId)).for("update"));
      const [counted] = await db
        .select({ awaited: count() })
        .from(uploads)
        .where(
          and(
            own,
            eq(uploads.state, "awaited"),
            gt(uploads.expiresAt, clock.now()),
            isPerson ? eq(uploads.createdBy, actor.userId) : isNull(uploads.createdBy),
          ),
        );
      return counted?.awaited ?? 0;
    },
    async overdue({ state, expiredBefore, limit }) {
      const rows = await db
        .select({ id: uploads.id })
        .from(uploads)
        .where(and(eq(uploads.state, state), lt(uploads.expiresAt, expiredBefore), own))
        .orderBy(asc(uploads.expiresAt))
        .limit(limit);
      return rows.map(({ id }) => id);
    },
    async unsettled(ids) {
      if (ids.length === 0) return new Set();
      const rows = await db
        .select({ id: uploads.id })
        .from(uploads)
        .where(and(inArray(uploads.id, [...ids]), inArray(uploads.state, ["awaited", "checking"]), own));
      return new Set(rows.map(({ id }) => id));
    },
    async recordingOf(callId) {
      const [row] = await db
        .select()
        .from(uploads)
        .where(and(eq(uploads.callId, callId), eq(uploads.kind, "recording"), own));
      return row === undefined ? null : toRecord(row);
    },
    async setAvatar(userId, r2Key) {
      const [before] = await db.select({ image: users.image }).from(users).where(eq(users.id, userId)).for("update");
      await db.update(users).set({ image: r2Key }).where(eq(users.id, userId));
      const replaced = before?.image ?? null;
      // What a provider of identities left is an address elsewhere.
      return replaced === null || replaced === r2Key || uploadOfAvatar(replaced) === null ? null : replaced;
    },
  };
}

function toRecord({ metadata, ...upload }: typeof uploads.$inferSelect): UploadRecord {
  return { ...upload, details: metadata === null ? null : UploadDetails.parse(metadata) };
}
