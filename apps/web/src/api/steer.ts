import type { NoteView, SteerCall, SteerTaken } from "@earwitness/shared";
import { command, request } from "./request.ts";

/** What can be done to a call on the line, and noted beside it. */

/** Asks for one thing to be done to the call. `key` makes a press, however often it is sent, one wish. */
export function steerCall(callId: string, wish: SteerCall, key: string): Promise<SteerTaken> {
  return request({
    path: `/calls/${callId}/actions`,
    method: "POST",
    body: wish,
    headers: { "idempotency-key": key },
    returns: (contract) => contract.SteerTaken,
  });
}

/** Keeps a note at a moment of the call, in ms since its answer; null: of the whole call. */
export function addNote(callId: string, text: string, positionMs: number | null): Promise<NoteView> {
  return request({
    path: `/calls/${callId}/notes`,
    method: "POST",
    body: { text, positionMs },
    returns: (contract) => contract.NoteView,
  });
}

export function deleteNote(callId: string, noteId: string): Promise<void> {
  return command({ path: `/calls/${callId}/notes/${noteId}`, method: "DELETE" });
}

/** Sets the phone that calls can be transferred to; null takes it away. */
export function setOwnPhone(phone: string | null): Promise<void> {
  return command({ path: "/me", method: "PATCH", body: { phone } });
}
