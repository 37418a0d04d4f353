import type { JobsPosition, NoticesPosition, SearchPosition } from "@earwitness/db";
import { CallId, EarwitnessError, JobId, NoticeId } from "@earwitness/shared";
import { z } from "zod";

/** The last instant that ISO 8601 writes in four digits of a year, which is how Postgres reads it. */
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/** Where a page of calls ended: the list's order is newest first, then by id. */
const CallPosition = z.tuple([z.int().min(0).max(LAST_MS), CallId]);

/** The same of jobs. */
const JobPosition = z.tuple([z.int().min(0).max(LAST_MS), JobId]);

/** A stretch has fewer lines than this, and so fewer calls. */
const MAX_SKIPPED = 10_000;

/** The same of notices. */
const NoticePosition = z.tuple([z.int().min(0).max(LAST_MS), NoticeId]);

/** Where a page of the audit log ended: newest first, by the entries' numbers, which are integers of 32 bits. */
const AuditPosition = z.tuple([z.int().min(1).max(2_147_483_647)]);

/** Where a page of what was found ended: after which call its stretch began, null at the newest, and how many calls of it were shown. */
const SearchCursor = z.tuple([CallPosition.nullable(), z.int().min(0).max(MAX_SKIPPED)]);

/** A place in the list of calls. */
export interface CallsCursor {
  readonly startedAt: Date;
  readonly id: CallId;
}

/** The cursor as clients carry it: opaque to them, base64url of a small JSON array to us. */
export function encodeCursor(cursor: CallsCursor): string {
  return encoded([cursor.startedAt.getTime(), cursor.id]);
}

/** Reads a cursor that `encodeCursor` made. Throws `invalid_request` for anything else. */
export function decodeCursor(text: string): CallsCursor {
  const [startedAtMs, id] = decoded(CallPosition, text);
  return { startedAt: new Date(startedAtMs), id };
}

/** The cursor of a page of the audit log that ended with entry `n`. */
export function encodeAuditCursor(n: number): string {
  return encoded([n]);
}

/** Reads a cursor that `encodeAuditCursor` made. Throws `invalid_request` for anything else. */
export function decodeAuditCursor(text: string): number {
  const [n] = decoded(AuditPosition, text);
  return n;
}

/** The cursor of a page of what was found that ended at `position`. */
export function encodeSearchCursor({ after, skip }: SearchPosition): string {
  return encoded([after === null ? null : [after.startedAt.getTime(), after.id], skip]);
}

/** Reads a cursor that `encodeSearchCursor` made. Throws `invalid_request` for anything else. */
export function decodeSearchCursor(text: string): SearchPosition {
  const [after, skip] = decoded(SearchCursor, text);
  return { after: after && { startedAt: new Date(after[0]), id: after[1] }, skip };
}

/** The cursor of a page of jobs that ended at `position`. */
export function encodeJobsCursor({ createdAt, id }: JobsPosition): string {
  return encoded([createdAt.getTime(), id]);
}

/** Reads a cursor that `encodeJobsCursor` made. Throws `invalid_request` for anything else. */
export function decodeJobsCursor(text: string): JobsPosition {
  const [createdAtMs, id] = decoded(JobPosition, text);
  return { createdAt: new Date(createdAtMs), id };
}

/** The cursor of a page of notices that ended at `position`. */
export function encodeNoticesCursor({ receivedAt, id }: NoticesPosition): string {
  return encoded([receivedAt.getTime(), id]);
}

/** Reads a cursor that `encodeNoticesCursor` made. Throws `invalid_request` for anything else. */
export function decodeNoticesCursor(text: string): NoticesPosition {
  const [receivedAtMs, id] = decoded(NoticePosition, text);
  return { receivedAt: new Date(receivedAtMs), id };
}

function encoded(position: readonly unknown[]): string {
  return btoa(JSON.stringify(position)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decoded<S extends z.ZodType>(schema: S, text: string): z.output<S> {
  const position = schema.safeParse(jsonOf(text));
  if (!position.success) {
    throw new EarwitnessError("invalid_request", "The cursor was not made by this list. Begin again without one.", {
      fields: [{ pointer: "query/cursor", detail: "must be the nextCursor of an earlier page" }],
    });
  }
  return position.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(atob(text.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return undefined;
  }
}
