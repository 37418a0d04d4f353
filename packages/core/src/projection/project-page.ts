import { type CallId, EarwitnessError } from "@earwitness/shared";
import type { CallFact, FactPage, NumberedFact } from "../call/fact.ts";
import type { Context, SystemActor } from "../context.ts";
import type { Repositories, RoomCursor } from "../ports/repositories/index.ts";
import { applySideFacts, withoutKnownRecordings } from "./apply-side-facts.ts";
import { beginCall } from "./begin-call.ts";
import type { CallRecord } from "./call-record.ts";
import { findHome } from "./find-home.ts";
import { peopleOfCall } from "./people-of-call.ts";
import { projectFact } from "./project-fact.ts";

/**
 * Puts a page of a room's facts into the record, within the transaction at hand, and returns where the room stands then.
 * Facts that are there already are passed over, so the same page twice, or two at once, have one effect. Throws `conflict`
 * when the page begins later than the record ends.
 */
export async function projectPage(
  ctx: Context<SystemActor>,
  tx: Repositories,
  room: string,
  page: FactPage,
): Promise<RoomCursor> {
  const cursor = await tx.rooms.lock(room);
  const fresh = page.facts.filter(({ n }) => n > cursor.projectedN);
  const last = fresh.at(-1);
  if (last === undefined) return cursor;
  if (fresh[0]?.n !== cursor.projectedN + 1) {
    throw new EarwitnessError("conflict", `Room ${room} has lost facts after number ${cursor.projectedN}.`, {
      retryable: true,
    });
  }
  const reached = { ...cursor, callId: page.callId ?? cursor.callId, projectedN: last.n };
  if (await isOfPurgedCall(tx, cursor)) {
    await tx.rooms.advance(cursor, reached);
    return reached;
  }
  await tx.facts.add(reached, fresh);
  const next =
    cursor.workspaceId === null
      ? await settle(ctx, tx, reached, cursor.projectedN === 0 ? fresh : null)
      : await extend(ctx, tx, reached, fresh);
  await keepNotices(tx, next, fresh);
  await tx.rooms.advance(cursor, next);
  return next;
}

/** What comes late of a call that was taken away for good is not kept either. */
async function isOfPurgedCall(tx: Repositories, { workspaceId, callId }: RoomCursor): Promise<boolean> {
  if (workspaceId === null || callId === null) return false;
  return ((await tx.calls.lock(callId))?.purgedAt ?? null) !== null;
}

/** Facts of a call that has its record. */
async function extend(
  ctx: Context<SystemActor>,
  tx: Repositories,
  cursor: RoomCursor,
  fresh: readonly NumberedFact[],
): Promise<RoomCursor> {
  const call = cursor.callId === null ? null : await tx.calls.lock(cursor.callId);
  if (call === null) throw new Error(`Room ${cursor.room} belongs to a call that has no record.`);
  await record(ctx, tx, call, fresh);
  return cursor;
}

/**
 * Facts of a room whose call is of no workspace yet. Once it is known whose it is, all of its facts are projected from the
 * first; until then they are kept, and the call is listed as one that reached nobody. `everything` saves reading them where
 * the page at hand is all there is.
 */
async function settle(
  ctx: Context<SystemActor>,
  tx: Repositories,
  cursor: RoomCursor,
  everything: readonly NumberedFact[] | null,
): Promise<RoomCursor> {
  const { room, callId } = cursor;
  if (callId === null) return cursor;
  const numbered = everything ?? (await tx.facts.ofRoom(room));
  const facts = numbered.map(({ fact }) => fact);
  const started = facts.find((fact) => fact.type === "call.started");
  if (started === undefined) return cursor;
  const home = await findHome(tx, started, facts);
  if (home === null) {
    await keepUnrouted(tx, { callId, room }, started, facts);
    return cursor;
  }
  const settled = { ...cursor, workspaceId: home.workspaceId };
  await tx.facts.assign(settled);
  await tx.unroutedCalls.remove(callId);
  await record(ctx, tx, beginCall(started, { callId, room, home }), numbered);
  return settled;
}

async function record(
  ctx: Context<SystemActor>,
  tx: Repositories,
  call: CallRecord,
  told: readonly NumberedFact[],
): Promise<void> {
  const facts = await withoutKnownRecordings(tx, call.id, told);
  const now = facts.reduce((before, { fact }) => projectFact(before, fact), call);
  await tx.calls.save(now);
  const people = await peopleOfCall(
    tx,
    now,
    facts.map(({ fact }) => fact),
  );
  await tx.calls.addMembers(now, people);
  await applySideFacts(ctx, tx, now, facts);
  if (facts.some(({ fact }) => !HEARD_IN_THE_ROOM.has(fact.type))) await tx.outbox.tellCall(call.workspaceId, call.id);
}

/** Whoever watches the call hears these from its room as they happen: telling everybody else would wake them for nothing. */
const HEARD_IN_THE_ROOM: ReadonlySet<CallFact["type"]> = new Set([
  "caption.settled",
  "captions.gap",
  "audio.stored",
  "audio.gap",
]);

async function keepNotices(tx: Repositories, cursor: RoomCursor, fresh: readonly NumberedFact[]): Promise<void> {
  const { room, callId, workspaceId } = cursor;
  for (const { fact } of fresh) {
    if (fact.type === "notice.kept") await tx.notices.keep({ room, callId, workspaceId, ...fact });
    if (fact.type === "notice.repeated") await tx.notices.countRepeat(room, fact.eventId);
  }
}

async function keepUnrouted(
  tx: Repositories,
  of: { callId: CallId; room: string },
  started: Extract<CallFact, { type: "call.started" }>,
  facts: readonly CallFact[],
): Promise<void> {
  const ended = facts.findLast((fact) => fact.type === "call.ended");
  await tx.unroutedCalls.save({
    ...of,
    fromAddress: started.from,
    toAddress: started.to,
    startedAt: new Date(started.at),
    endedAt: ended === undefined ? null : new Date(ended.at),
    reason: "The number that was called belongs to no workspace.",
  });
}
