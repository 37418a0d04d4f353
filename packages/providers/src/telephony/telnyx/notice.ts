import { roomNameOfSession } from "@earwitness/core";
import type { NoticeMessage, RawNotice } from "@earwitness/shared";
import { z } from "zod";
import { parseJson } from "../../http/index.ts";
import { roomOfClientState } from "./client-state.ts";

const Envelope = z.object({
  data: z.object({
    id: z.string().min(1).max(200),
    event_type: z.string().min(1).max(100),
    payload: z.object({ call_session_id: z.string().min(1).max(150), client_state: z.string().nullish() }),
  }),
});

/** What the door must know of a notice to bring it to its room; null for one that is not about a call of API v2. */
export interface TelnyxNoticeHead {
  readonly eventId: string;
  readonly eventType: string;
  readonly sessionId: string;
  /** The room that we named when we dialed or answered. */
  readonly room: string | null;
}

/** The room that a notice is of: the one that we named, else its session's. */
export function roomOfTelnyxNotice({ room, sessionId }: TelnyxNoticeHead): string {
  return room ?? roomNameOfSession("telnyx", sessionId);
}

/**
 * A notice that its door could not read, read once more, with the room that it is of: it may have come to a version that knew less than
 * this one. null where it still cannot be read.
 */
export function sortTelnyxNotice(notice: RawNotice): NoticeMessage | null {
  const head = readTelnyxNoticeHead(notice.body);
  if (head === null) return null;
  const { eventId, eventType } = head;
  return { room: roomOfTelnyxNotice(head), notice: { ...notice, eventId, eventType, verdict: "readable" } };
}

/** Reads the head of a notice. The rest is read by the call's room, after the body is kept. */
export function readTelnyxNoticeHead(body: string): TelnyxNoticeHead | null {
  const parsed = Envelope.safeParse(parseJson(body));
  if (!parsed.success) return null;
  const { id, event_type, payload } = parsed.data.data;
  return {
    eventId: id,
    eventType: event_type,
    sessionId: payload.call_session_id,
    room: roomOfClientState(payload.client_state),
  };
}
