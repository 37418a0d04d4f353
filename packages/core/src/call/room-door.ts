import type { CallId, CommandTaken, NumberId, RawNotice, WorkspaceId } from "@earwitness/shared";
import type { z } from "zod";
import type { CarrierRecording } from "../ports/telephony.ts";
import type { RoutingSnapshot } from "../workspace/routing-snapshot.ts";
import type { FactPage } from "./fact.ts";

/** An outbound call that a person asked for; `snapshot` decides announcement and recording. */
export interface PlaceCallCommand {
  readonly callId: CallId;
  readonly workspaceId: WorkspaceId;
  readonly numberId: NumberId;
  readonly from: string;
  readonly to: string;
  readonly placedBy: string;
  readonly detectMachine: boolean;
  readonly snapshot: RoutingSnapshot;
}

/** What reconciliation found out by asking the carrier, where a notice was lost. Applied as if the notice had come. */
export type Observation =
  | { readonly type: "leg_gone"; readonly carrierLegId: string; readonly endedAt: string | null }
  | { readonly type: "recording_found"; readonly recording: CarrierRecording };

/** What other workers may ask of a call's room (RPC of the CallRoom object). */
export interface CallRoomDoor {
  /** Keeps a verified notice. When it resolves, the raw body is a committed row. A repeat is counted, not kept twice. */
  deliver(notice: RawNotice): Promise<{ kept: boolean }>;
  /** Begins an outbound call. The same call id again changes nothing. */
  placeCall(command: PlaceCallCommand): Promise<z.infer<typeof CommandTaken>>;
  /** Hangs up. Throws `conflict` when the call has ended. */
  hangUp(input: { by: string; workspaceId: WorkspaceId }): Promise<z.infer<typeof CommandTaken>>;
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
