import { CallId, Direction, HangupCause, NumberId, RecordingId, WorkspaceId } from "@earwitness/shared";
import { z } from "zod";
import { CarrierEvent, CarrierLeg } from "../ports/telephony.ts";
import { RoutingSnapshot } from "../workspace/routing-snapshot.ts";
import { Steering, unsteered } from "./steering.ts";
import { Stream } from "./stream.ts";

/** One party's connection, as far as it is known. */
export const Leg = z.object({
  ...CarrierLeg.shape,
  party: z.enum(["caller", "callee"]),
  address: z.string(),
  startedAt: z.string(),
  answeredAt: z.string().nullable(),
  /** `answeredAt` was concluded without the notice, by our own clock; corrected if that still comes. */
  isAnswerInferred: z.boolean().default(false),
  endedAt: z.string().nullable(),
  carrierCause: z.string().nullable(),
  sipCode: z.string().nullable(),
});
export type Leg = z.infer<typeof Leg>;

/** Who wants the call over, and which hang-up command carries the wish once the leg is known. */
const Ending = z.object({
  by: z.enum(["person", "machine_answered", "dial_given_up"]),
  at: z.string(),
  key: z.string(),
  isSent: z.boolean(),
});

/** A recording that has been told, to know it again when it is told in other words. */
export const ToldRecording = z.object({
  recordingId: RecordingId,
  carrierRecordingId: z.string().nullable(),
  carrierLegId: z.string(),
  startedAt: z.string().nullable(),
});
export type ToldRecording = z.infer<typeof ToldRecording>;

/** What is known of a call in every phase. The first leg is the one that we command; it is missing until a dial has one. */
export const Call = z.object({
  callId: CallId,
  direction: Direction,
  from: z.string(),
  to: z.string(),
  workspaceId: WorkspaceId.nullable(),
  numberId: NumberId.nullable(),
  snapshot: RoutingSnapshot.nullable(),
  /** Why an inbound call has no snapshot; null while it has one, or while it is being looked up. */
  unroutedReason: z.string().nullable(),
  detectMachine: z.boolean(),
  machineResult: z.string().nullable(),
  legs: z.array(Leg),
  ending: Ending.nullable(),
  /** When the carrier said of a command that the call is over, though no hang-up notice has come yet. */
  goneAt: z.string().nullable(),
  recordings: z.array(ToldRecording),
  /** `<vendor's transcription id>:<status>` of what has been told. */
  transcriptions: z.array(z.string()),
  /** When it began; null for a call that began before this was kept. */
  startedAt: z.string().nullable().default(null),
  /** Its sound on the way to us while it is on the line; null where it is not streamed. */
  stream: Stream.nullable().default(null),
  /** It was asked for at least once: what came of it is told when the line is over. */
  wasStreamed: z.boolean().default(false),
  steering: Steering.default(unsteered),
});
export type Call = z.infer<typeof Call>;

/** How far recording has come: `requested` until the carrier took the command, then `running` until its file is told. */
const RecordingProgress = z.enum(["not_begun", "none", "requested", "running", "told"]);

/** How the line ended. `isInferred`: concluded without the hang-up notice, and corrected if that still comes. */
export const End = z.object({
  at: z.string(),
  cause: HangupCause,
  endedBy: z.enum(["caller", "callee", "us", "unknown"]),
  carrierCause: z.string().nullable(),
  sipCode: z.string().nullable(),
  isInferred: z.boolean(),
});
export type End = z.infer<typeof End>;

/** A notice that came before the call that it is about; kept until that begins. */
export const EarlyEvent = z.object({ n: z.int(), at: z.string(), seed: z.string(), event: CarrierEvent });
export type EarlyEvent = z.infer<typeof EarlyEvent>;

const onTheLine = { call: Call, since: z.string().describe("When the phase began, by our clock") };

/**
 * Where a call stands. Inbound: awaited → routing → answering → announcing → talking → ended. Outbound: awaited → dialing
 * → ringing → (detecting) → announcing → talking → ended. Each phase but `awaited` without notices has a deadline.
 */
export const MachineState = z.discriminatedUnion("phase", [
  z.object({ phase: z.literal("awaited"), early: z.array(EarlyEvent) }),
  z.object({ phase: z.literal("routing"), ...onTheLine }),
  z.object({ phase: z.literal("answering"), ...onTheLine, acceptedAt: z.string().nullable() }),
  z.object({ phase: z.literal("dialing"), ...onTheLine }),
  z.object({ phase: z.literal("ringing"), ...onTheLine }),
  z.object({ phase: z.literal("detecting"), ...onTheLine }),
  z.object({ phase: z.literal("announcing"), ...onTheLine, text: z.string() }),
  z.object({ phase: z.literal("talking"), ...onTheLine, recording: RecordingProgress }),
  z.object({ phase: z.literal("ended"), ...onTheLine, end: End, recording: RecordingProgress }),
]);
export type MachineState = z.infer<typeof MachineState>;

/** A state in which there is a call. */
export type CallState = Exclude<MachineState, { phase: "awaited" }>;
export type LiveState = Exclude<MachineState, { phase: "awaited" | "ended" }>;
export type EndedState = Extract<MachineState, { phase: "ended" }>;

export const initialState: MachineState = { phase: "awaited", early: [] };

/** Tells whether the line is to go on, as far as anybody knows: only then is anything more begun on it. */
export function isLineHeld(call: Call): boolean {
  return call.ending === null && call.goneAt === null;
}

/** The call of the room, or null while none has begun. */
export function callOf(state: MachineState): Call | null {
  return state.phase === "awaited" ? null : state.call;
}
