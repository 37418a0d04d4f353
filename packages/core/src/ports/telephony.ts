/** A command to the carrier about one leg. `key` is deterministic: the carrier ignores the second command that carries it. */
export type TelephonyCommand =
  | {
      readonly kind: "dial";
      readonly key: string;
      readonly room: string;
      readonly from: string;
      readonly to: string;
      readonly ringTimeoutMs: number;
      readonly detectMachine: boolean;
    }
  | { readonly kind: "answer"; readonly key: string; readonly room: string; readonly controlId: string }
  | { readonly kind: "reject"; readonly key: string; readonly controlId: string; readonly cause: "busy" | "rejected" }
  | { readonly kind: "hangup"; readonly key: string; readonly controlId: string }
  | {
      readonly kind: "speak";
      readonly key: string;
      readonly controlId: string;
      readonly text: string;
      readonly language: string | null;
    }
  | { readonly kind: "record_start"; readonly key: string; readonly controlId: string };

/** How a command came out. A vendor's refusal is an outcome, not an exception. */
export type TelephonyOutcome =
  | { readonly kind: "accepted"; readonly dialed?: { controlId: string; legId: string; sessionId: string } }
  /** The call was over before the command arrived: expected in a race with a hang-up. */
  | { readonly kind: "call_gone" }
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  | { readonly kind: "failed"; readonly code: string; readonly message: string; readonly retryAfterMs: number | null };

/** A carrier's notice in our words. Everything that the vendor may leave out is nullable. */
export type CarrierEvent = {
  readonly at: string;
  readonly leg: { readonly controlId: string; readonly legId: string; readonly sessionId: string };
} & (
  | {
      readonly type: "initiated";
      readonly direction: "inbound" | "outbound";
      readonly from: string;
      readonly to: string;
    }
  | { readonly type: "answered" }
  | { readonly type: "speak_ended"; readonly completed: boolean }
  | { readonly type: "machine_detected"; readonly result: "human" | "machine" | "not_sure" }
  | {
      readonly type: "hangup";
      /** The carrier's own word; mapped to ours by `hangupCauseOf`. */
      readonly carrierCause: string;
      readonly source: "caller" | "callee" | "unknown";
      readonly sipCode: string | null;
    }
  | {
      readonly type: "recording_saved";
      readonly carrierRecordingId: string | null;
      readonly channels: number;
      readonly format: "wav" | "mp3";
      readonly startedAt: string | null;
      readonly endedAt: string | null;
      readonly url: string | null;
    }
  | { readonly type: "recording_error"; readonly reason: string }
  /** Known and of no consequence to the call machine. */
  | { readonly type: "other"; readonly name: string }
);

export interface CarrierRecording {
  readonly carrierRecordingId: string;
  readonly carrierLegId: string;
  readonly channels: number;
  readonly durationMs: number | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Freshly minted; valid for minutes; must be fetched without an Authorization header. */
  readonly urls: { readonly wav?: string; readonly mp3?: string };
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
  /** A harmless request that proves the key. */
  check(): Promise<{ message: string }>;
}
