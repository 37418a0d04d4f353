import { RecordingId } from "@earwitness/shared";
import { z } from "zod";
import { CarrierEvent, TelephonyOutcome } from "../ports/telephony.ts";
import { RoutingSnapshot } from "../workspace/routing-snapshot.ts";
import { Observation, PlaceCallCommand, SteerCommand } from "./room-door.ts";

/** What the lookup of a number's settings found. `unreadable`: the store did not answer, or not with a snapshot. */
export const RoutingResult = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("found"), snapshot: RoutingSnapshot }),
  z.object({ kind: z.literal("none") }),
  z.object({ kind: z.literal("unreadable"), reason: z.string() }),
]);
export type RoutingResult = z.infer<typeof RoutingResult>;

/** Everything that can happen to a call. Additive over time: rooms read back logs that an earlier version wrote. */
export const CallEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("carrier"), event: CarrierEvent }),
  /** The last word on a look at the settings. */
  z.object({ type: z.literal("routing_resolved"), key: z.string(), result: RoutingResult }),
  /** The last word on a command to the carrier: `failed` only after it has been given up. */
  z.object({ type: z.literal("command_done"), key: z.string(), outcome: TelephonyOutcome }),
  z.object({ type: z.literal("place_call"), command: PlaceCallCommand }),
  z.object({ type: z.literal("hang_up"), by: z.string() }),
  z.object({ type: z.literal("steer"), command: SteerCommand }),
  /** The carrier's socket for the stream of that key has come to the room. */
  z.object({ type: z.literal("media_opened"), key: z.string() }),
  /** No sound comes over it any more; `reason` is for whoever reads the log. */
  z.object({ type: z.literal("media_lost"), key: z.string(), reason: z.string() }),
  z.object({ type: z.literal("deadline_passed"), name: z.string() }),
  z.object({ type: z.literal("observed"), observation: Observation }),
  z.object({
    type: z.literal("transcription_reported"),
    recordingId: RecordingId,
    vendorTranscriptionId: z.string(),
    status: z.enum(["completed", "error"]),
  }),
]);
export type CallEvent = z.infer<typeof CallEvent>;

/**
 * An event as the call's log holds it. `n` rises by one without holes; `at` is our own clock; `seed` is a UUIDv7 drawn by
 * the driver when it logged the event, from which the machine makes its ids, so that a replay makes the same ones.
 */
export const LoggedEvent = z.object({
  n: z.int().positive(),
  at: z.iso.datetime(),
  seed: z.uuid(),
  event: CallEvent,
});
export type LoggedEvent = z.infer<typeof LoggedEvent>;
/** When and as which entry the log holds an event. */
export type Logged = Pick<LoggedEvent, "at" | "n">;
