import type { CallRecord, CallRepository } from "@earwitness/core";
import { and, asc, eq, getTableColumns, lt, ne, or, sql } from "drizzle-orm";
import { amongVisibleCalls } from "../queries/visible-calls.ts";
import { requireRow } from "../require-row.ts";
import { callMembers, calls } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { amongPicked } from "./among-picked.ts";

/** What only a verb of its own changes is no part of the record that is saved whole. */
const {
  updatedAt: _updatedAt,
  reconciledAt: _reconciledAt,
  deletedAt: _deletedAt,
  deletedBy: _deletedBy,
  purges: _purges,
  ...columns
} = getTableColumns(calls);

export function callRepository(scope: Scope): CallRepository {
  const { db, clock } = scope;
  const own = amongVisibleCalls(scope);

  /** Notes the asking in the rows that are picked; rows that another run has in hand are passed by. */
  async function claim(which: ReturnType<typeof and>, now: Date, limit: number): Promise<CallRecord[]> {
    const picked = db
      .select({ id: calls.id })
      .from(calls)
      .where(and(which, own))
      .orderBy(sql`${calls.reconciledAt} asc nulls first`, asc(calls.startedAt))
      .limit(limit)
      .for("update", { skipLocked: true });
    return db.update(calls).set({ reconciledAt: now }).where(amongPicked(calls.id, picked)).returning(columns);
  }

  return {
    async find(id) {
      return requireRow(
        await db
          .select(columns)
          .from(calls)
          .where(and(eq(calls.id, id), own)),
        "The call",
      );
    },
    async lock(id) {
      const [call] = await db
        .select(columns)
        .from(calls)
        .where(and(eq(calls.id, id), own))
        .for("update");
      return call ?? null;
    },
    async save(call) {
      const values = { ...call, updatedAt: clock.now() };
      await db.insert(calls).values(values).onConflictDoUpdate({ target: calls.id, set: values });
    },
    async addMembers({ id: callId, workspaceId }, userIds) {
      if (userIds.length === 0) return;
      await db
        .insert(callMembers)
        .values(userIds.map((userId) => ({ workspaceId, callId, userId })))
        .onConflictDoNothing();
    },
    async setRecordingState(id, recordingState) {
      await db
        .update(calls)
        .set({ recordingState, updatedAt: clock.now() })
        .where(and(eq(calls.id, id), own));
    },
    async setTranscript(id, { state, ...rest }) {
      await db
        .update(calls)
        .set({ ...rest, transcriptState: state, updatedAt: clock.now() })
        .where(and(eq(calls.id, id), own));
    },
    claimUnfinished({ startedBefore, now, limit }) {
      return claim(and(ne(calls.state, "ended"), lt(calls.startedAt, startedBefore)), now, limit);
    },
    claimWithoutRecording({ endedBefore, now, limit }) {
      const without = or(eq(calls.recordingState, "awaited"), eq(calls.recordingState, "recording"));
      return claim(and(without, eq(calls.state, "ended"), lt(calls.endedAt, endedBefore)), now, limit);
    },
  };
}
