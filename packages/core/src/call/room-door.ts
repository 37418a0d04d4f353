import {
  CallId,
  type CommandTaken,
  NumberId,
  type RawNotice,
  SteerCall,
  type SteerTaken,
  WorkspaceId,
} from "@earwitness/shared";
import { z } from "zod";
import { CarrierRecording } from "../ports/telephony.ts";
import { RoutingSnapshot } from "../workspace/routing-snapshot.ts";
import type { FactPage } from "./fact.ts";

/** An outbound call that a person asked for; `snapshot` decides announcement and recording. */
export const PlaceCallCommand = z.object({
  callId: CallId,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  from: z.string(),
  to: z.string(),
  placedBy: z.string(),
  detectMachine: z.boolean(),
  snapshot: RoutingSnapshot,
});
export type PlaceCallCommand = z.infer<typeof PlaceCallCommand>;

/** What reconciliation found out by asking the carrier, where a notice was lost. Applied as if the notice had come. */
export const Observation = z.discriminatedUnion("type", [
  z.object({ type: z.literal("leg_gone"), carrierLegId: z.string(), endedAt: z.string().nullable() }),
  z.object({ type: z.literal("recording_found"), recording: CarrierRecording }),
]);
export type Observation = z.infer<typeof Observation>;

/** A wish of a person or a key about a call on the line. `key` makes the same wish, sent again, one wish. */
export const SteerCommand = z.object({
  workspaceId: WorkspaceId,
  by: z.string(),
  key: z.string().max(200),
  wish: SteerCall,
});
export type SteerCommand = z.infer<typeof SteerCommand>;

/** What other workers may ask of a call's room (RPC of the CallRoom object). */
export interface CallRoomDoor {
  /** Keeps a verified notice. When it resolves, the raw body is a committed row. A repeat is counted, not kept twice. */
  deliver(notice: RawNotice): Promise<{ kept: boolean }>;
  /** Begins an outbound call. The same call id again changes nothing. */
  placeCall(command: PlaceCallCommand): Promise<z.infer<typeof CommandTaken>>;
  /** Hangs up. Throws `conflict` when the call has ended. */
  hangUp(input: { by: string; workspaceId: WorkspaceId }): Promise<z.infer<typeof CommandTaken>>;
  /** Steers the call. Throws `conflict` with a sentence when the call does not stand so that it can be done. */
  steer(command: SteerCommand): Promise<Omit<z.infer<typeof SteerTaken>, "byName">>;
  /** Closes the sockets of a session or key that is no more. */
  closeSession(sessionId: string): Promise<void>;
  /** Closes the sockets of a session whose owner may something else from now on, so that they come back. */
  renewSession(sessionId: string): Promise<void>;
  /** Applies what reconciliation found; something already known changes nothing. */
  observe(observation: Observation): Promise<void>;
  /** Facts numbered above `after`, at most a page of them. */
  factsAfter(after: number): Promise<FactPage>;
  /** Tells the room that facts up to `n` are in the record, so that it may stop announcing and, once settled, empty itself. */
  confirm(n: number): Promise<void>;
}

/** A call's room is named by the carrier's session where the carrier began it, by our call id where we did. */
export function roomNameOfSession(carrier: "telnyx", sessionId: string): string {
  return `${carrier}:${sessionId}`;
}
export function roomNameOfCall(callId: CallId): string {
  return callId;
}
