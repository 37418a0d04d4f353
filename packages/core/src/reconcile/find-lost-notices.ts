import { EarwitnessError } from "@earwitness/shared";
import type { CallRoomDoor } from "../call/room-door.ts";
import type { Context, SystemActor } from "../context.ts";
import { DAY_MS, HOUR_MS } from "../durations.ts";
import type { CarrierRecords, ListedNotice } from "../ports/index.ts";

/** The carrier tries for about a minute to hand a notice over, and our books are seconds behind the rooms. */
const GIVEN_TIME_MS = 2 * 60_000;
/** What began before may have been listed since. */
const OVERLAP_MS = 5 * 60_000;
/** A call that we heard nothing of for longer is over: its recordings are asked for by themselves. */
const LOOKS_BACK_MS = DAY_MS;
/** So much time is asked about at once, so that what was found is not lost with a run that breaks off. */
const STRETCH_MS = HOUR_MS;
/** A time that has more is asked about in shorter stretches: what has to be listed to get on is some five hundred calls. */
const MAX_PAGES = 20;
const SHORTEST_STRETCH_MS = 1_000;
/** No shorter time is asked about, so that it may have more: nobody begins five thousand calls within a second. */
const MAX_PAGES_OF_SHORTEST = 200;
const POSITION = "lost_notices";

interface Ports {
  readonly records: Pick<CarrierRecords, "notices">;
  readonly rooms: (room: string) => Pick<CallRoomDoor, "deliver">;
}

/**
 * Asks the carrier which notices it sent since the last time, and brings those that are not in our books to their rooms as if they had come:
 * also those of calls that we never heard of. Goes on from where the last run stopped, a day ago at most. Returns how many were
 * found. Throws after the rest when a room did not take one: then the same time is asked about again. Throws `vendor_failed` where the
 * carrier lists more of a second than can be read.
 */
export async function findLostNotices(ctx: Context<SystemActor>, ports: Ports, asOf: Date): Promise<number> {
  const end = asOf.getTime() - GIVEN_TIME_MS;
  const position = await ctx.unitOfWork((tx) => tx.cronRuns.position(POSITION));
  const last = position === null ? null : Date.parse(position);
  let from = Math.max(Math.min(last ?? end - STRETCH_MS, end) - OVERLAP_MS, end - LOOKS_BACK_MS);
  let found = 0;
  let stretchMs = STRETCH_MS;
  const failures: unknown[] = [];
  while (from < end) {
    const until = Math.min(from + stretchMs, end);
    const isShortest = until - from <= SHORTEST_STRETCH_MS;
    const time = { from: new Date(from), until: new Date(until) };
    const lost = await listLost(ctx, ports.records, time, isShortest ? MAX_PAGES_OF_SHORTEST : MAX_PAGES);
    if (lost === null) {
      if (isShortest) throw tooMany(time.from);
      stretchMs = Math.max(SHORTEST_STRETCH_MS, (until - from) / 2);
      continue;
    }
    found += lost.length;
    failures.push(...(await bring(ctx, ports, lost)));
    // A run that is early, by whatever clock, has not seen what is still to come.
    const seenUntil = Math.min(until, ctx.clock.now().getTime());
    // The first stretches may lie before where the last run stopped.
    if (failures.length === 0 && (last === null || seenUntil > last))
      await ctx.unitOfWork((tx) => tx.cronRuns.move(POSITION, new Date(seenUntil).toISOString()));
    from = until;
    stretchMs = Math.min(STRETCH_MS, 2 * stretchMs);
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `Of ${found} lost notices ${failures.length} were not taken.`);
  return found;
}

/** Brings each to its room, and returns why rooms did not take some. */
async function bring(ctx: Context<SystemActor>, { rooms }: Ports, lost: readonly ListedNotice[]): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const { room, eventId, eventType, body } of lost) {
    const receivedAt = ctx.clock.now().toISOString();
    const notice = {
      vendor: "telnyx",
      eventId,
      eventType,
      receivedAt,
      callback: {},
      body,
      verdict: "readable",
    } as const;
    try {
      await rooms(room).deliver(notice);
      ctx.log.warn("A notice was found by asking", { room, eventId, eventType });
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}

/**
 * What was sent in a time and is not in our books, in the order in which it happened: what a call's room is told late, it is told in
 * turn. null where the carrier lists more than `maxPages`.
 */
async function listLost(
  ctx: Context<SystemActor>,
  records: Ports["records"],
  time: { from: Date; until: Date },
  maxPages: number,
): Promise<ListedNotice[] | null> {
  const lost: ListedNotice[] = [];
  for (let page = 1; ; page++) {
    const { notices, pageCount } = await records.notices(time, page);
    if (pageCount > maxPages) return null;
    const unknown = await ctx.unitOfWork((tx) => tx.notices.unknown("telnyx", notices));
    lost.push(...notices.filter(({ eventId }) => unknown.has(eventId)));
    if (page >= pageCount) return lost.sort((a, b) => a.occurredAt.localeCompare(b.occurredAt));
  }
}

function tooMany(from: Date): EarwitnessError {
  const message = `The carrier lists more than ${MAX_PAGES_OF_SHORTEST} pages of notices for the second from ${from.toISOString()} on.`;
  return new EarwitnessError("vendor_failed", message, { retryable: false });
}
