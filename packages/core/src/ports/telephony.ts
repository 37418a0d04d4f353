import { z } from "zod";

/** A command to the carrier about one leg. `key` is deterministic: the carrier ignores the second command that carries it. */
export const TelephonyCommand = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("dial"),
    key: z.string(),
    room: z.string(),
    from: z.string(),
    to: z.string(),
    ringTimeoutMs: z.int(),
    detectMachine: z.boolean(),
  }),
  z.object({ kind: z.literal("answer"), key: z.string(), room: z.string(), controlId: z.string() }),
  z.object({
    kind: z.literal("reject"),
    key: z.string(),
    controlId: z.string(),
    cause: z.enum(["busy", "rejected"]),
  }),
  z.object({ kind: z.literal("hangup"), key: z.string(), controlId: z.string() }),
  z.object({
    kind: z.literal("speak"),
    key: z.string(),
    controlId: z.string(),
    text: z.string(),
    /** BCP 47; null where the text's language is not known. */
    language: z.string().nullable(),
  }),
  z.object({ kind: z.literal("record_start"), key: z.string(), controlId: z.string() }),
  z.object({ kind: z.literal("record_pause"), key: z.string(), controlId: z.string() }),
  z.object({ kind: z.literal("record_resume"), key: z.string(), controlId: z.string() }),
  /** Sends both tracks of the leg, µ-law where the carrier can, to a socket of ours. `key` names the stream from then on. */
  z.object({ kind: z.literal("stream_start"), key: z.string(), room: z.string(), controlId: z.string() }),
  /** Plays a sound to the leg: over and over until `play_stop`, in the place of what is playing, or once, after it. `sound` is a file's name under our `/audio/`. */
  z.object({
    kind: z.literal("play_start"),
    key: z.string(),
    controlId: z.string(),
    sound: z.string(),
    isLooped: z.boolean(),
  }),
  z.object({ kind: z.literal("play_stop"), key: z.string(), controlId: z.string() }),
  z.object({ kind: z.literal("send_dtmf"), key: z.string(), controlId: z.string(), digits: z.string() }),
  /** Rings `to` and connects it with the leg when it answers. The leg goes on if it does not. */
  z.object({
    kind: z.literal("transfer"),
    key: z.string(),
    controlId: z.string(),
    room: z.string(),
    to: z.string(),
    from: z.string(),
    ringTimeoutMs: z.int(),
  }),
  /** Connects the leg with `other`, whatever they were connected with; it stays when they part. */
  z.object({ kind: z.literal("bridge"), key: z.string(), controlId: z.string(), other: z.string() }),
  /** Makes a conference of the leg alone, which leaves whomever it was connected with. */
  z.object({ kind: z.literal("conference_create"), key: z.string(), controlId: z.string() }),
  /** Takes the leg into a conference, muted; the conference ends with it, and hangs up on who is left. */
  z.object({
    kind: z.literal("conference_join"),
    key: z.string(),
    controlId: z.string(),
    conferenceId: z.string(),
  }),
  /** Nobody else in the conference hears the leg, or everybody does again. */
  z.object({
    kind: z.literal("conference_mute"),
    key: z.string(),
    controlId: z.string(),
    conferenceId: z.string(),
    isMuted: z.boolean(),
  }),
]);
export type TelephonyCommand = z.infer<typeof TelephonyCommand>;

/** How the carrier names one leg of a call. */
export const CarrierLeg = z.object({ controlId: z.string(), legId: z.string(), sessionId: z.string() });
export type CarrierLeg = z.infer<typeof CarrierLeg>;

/** How a command came out. A vendor's refusal is an outcome, not an exception. */
export const TelephonyOutcome = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("accepted"),
    dialed: CarrierLeg.exactOptional(),
    conferenceId: z.string().exactOptional(),
  }),
  /** The call was over before the command arrived: expected in a race with a hang-up. */
  z.object({ kind: z.literal("call_gone") }),
  z.object({ kind: z.literal("refused"), code: z.string(), message: z.string() }),
  z.object({
    kind: z.literal("failed"),
    code: z.string(),
    message: z.string(),
    retryAfterMs: z.number().nullable(),
  }),
]);
export type TelephonyOutcome = z.infer<typeof TelephonyOutcome>;

/** Who speaks with whom, as the carrier writes it: E.164 or a SIP address. */
export const Parties = z.object({ from: z.string(), to: z.string() });
export type Parties = z.infer<typeof Parties>;

const ofLeg = { at: z.string(), leg: CarrierLeg };

/** A carrier's notice in our words. Everything that the vendor may leave out is nullable. */
export const CarrierEvent = z.discriminatedUnion("type", [
  z.object({
    ...ofLeg,
    type: z.literal("initiated"),
    direction: z.enum(["inbound", "outbound"]),
    from: z.string(),
    to: z.string(),
  }),
  z.object({ ...ofLeg, type: z.literal("answered"), parties: Parties.nullable() }),
  z.object({ ...ofLeg, type: z.literal("speak_ended"), completed: z.boolean() }),
  z.object({ ...ofLeg, type: z.literal("machine_detected"), result: z.enum(["human", "machine", "not_sure"]) }),
  z.object({
    ...ofLeg,
    type: z.literal("hangup"),
    /** The carrier's own word; mapped to ours by `hangupCauseOf`. */
    carrierCause: z.string(),
    source: z.enum(["caller", "callee", "unknown"]),
    sipCode: z.string().nullable(),
    parties: Parties.nullable(),
  }),
  z.object({
    ...ofLeg,
    type: z.literal("recording_saved"),
    carrierRecordingId: z.string().nullable(),
    channels: z.int(),
    format: z.enum(["wav", "mp3"]),
    startedAt: z.string().nullable(),
    endedAt: z.string().nullable(),
    url: z.string().nullable(),
  }),
  z.object({ ...ofLeg, type: z.literal("recording_error"), reason: z.string() }),
  /** `at` is when the first frame was taken from the line. */
  z.object({ ...ofLeg, type: z.literal("stream_started"), url: z.string().nullable() }),
  z.object({ ...ofLeg, type: z.literal("stream_stopped"), url: z.string().nullable() }),
  z.object({ ...ofLeg, type: z.literal("stream_failed"), reason: z.string(), url: z.string().nullable() }),
  z.object({ ...ofLeg, type: z.literal("bridged") }),
  z.object({
    ...ofLeg,
    type: z.literal("play_ended"),
    completed: z.boolean(),
    /** The sound's name, as `play_start` gave it, where the carrier tells the file. */
    sound: z.string().nullable().default(null),
    /** The carrier's own word where it could not play; null where it played or was stopped. */
    failure: z.string().nullable().default(null),
  }),
  z.object({ ...ofLeg, type: z.literal("dtmf_received"), digit: z.string() }),
  /** Known and of no consequence to the call machine. */
  z.object({ ...ofLeg, type: z.literal("other"), name: z.string() }),
]);
export type CarrierEvent = z.infer<typeof CarrierEvent>;

export const CarrierRecording = z.object({
  carrierRecordingId: z.string(),
  carrierLegId: z.string(),
  channels: z.int(),
  durationMs: z.int().nullable(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** Freshly minted; valid for minutes; must be fetched without an Authorization header. */
  urls: z.object({ wav: z.string().exactOptional(), mp3: z.string().exactOptional() }),
});
export type CarrierRecording = z.infer<typeof CarrierRecording>;

/** A notice as the carrier lists what it sent, or tried to. `body` says what the notice's own did. */
export interface ListedNotice {
  readonly eventId: string;
  readonly eventType: string;
  /** The room that it is for. */
  readonly room: string;
  readonly occurredAt: string;
  readonly body: string;
}

/** What a room needs of the carrier. */
export interface Telephony {
  readonly name: "telnyx";
  /** Sends one command with a time limit and no retries of its own: the room's drain loop retries. */
  send(command: TelephonyCommand): Promise<TelephonyOutcome>;
}

/** What jobs need of the carrier. Each throws `EarwitnessError` (`vendor_failed`, retryable or not, with retryAfterMs). */
export interface CarrierRecords {
  recording(id: string): Promise<CarrierRecording | null>;
  recordingsOfLeg(legId: string): Promise<CarrierRecording[]>;
  deleteRecording(id: string): Promise<void>;
  /** Our numbers at the carrier, E.164. */
  numbers(): Promise<{ e164: string; carrierNumberId: string }[]>;
  /** What the carrier knows of a leg, to find a lost hang-up; null when it knows no such leg any more. */
  leg(controlId: string): Promise<{ isAlive: boolean; endedAt: string | null } | null>;
  /**
   * One page of the notices about calls whose first delivery began in a time, arrived or not, in the carrier's own order; pages count
   * from 1.
   */
  notices(time: { from: Date; until: Date }, page: number): Promise<{ notices: ListedNotice[]; pageCount: number }>;
  /** A harmless request that proves the key. */
  check(): Promise<{ message: string }>;
}
