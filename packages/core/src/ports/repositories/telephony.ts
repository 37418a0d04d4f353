import type {
  CallId,
  NoticeId,
  RawNotice,
  RecordingState,
  TranscriptState,
  UserId,
  Vendor,
  WorkspaceId,
} from "@earwitness/shared";
import type { NumberedFact } from "../../call/fact.ts";
import type { CallRecord, LegRecord } from "../../projection/call-record.ts";

export interface CallRepository {
  /** Throws `not_found`. */
  find(id: CallId): Promise<CallRecord>;
  /** As it is now, locked until the transaction ends; null when there is none. */
  lock(id: CallId): Promise<CallRecord | null>;
  /** Writes all of it, whether it was there or not. */
  save(call: CallRecord): Promise<void>;
  /** Notes that these people had to do with the call, so that it is theirs to see; those who are noted already stay. */
  addMembers(call: Pick<CallRecord, "id" | "workspaceId">, userIds: readonly UserId[]): Promise<void>;
  /** Mirrors where the audio stands, for the list. */
  setRecordingState(id: CallId, state: RecordingState): Promise<void>;
  /** Mirrors where the words stand, for the list; what is left out stays. */
  setTranscript(
    id: CallId,
    changes: { state: TranscriptState; firstLine?: string | null; language?: string | null },
  ): Promise<void>;
  /** Notes when each was last asked about, and picks those longest not asked about first. */
  claimUnfinished(options: { startedBefore: Date; now: Date; limit: number }): Promise<CallRecord[]>;
  claimWithoutRecording(options: { endedBefore: Date; now: Date; limit: number }): Promise<CallRecord[]>;
}

export interface LegRepository {
  /** Writes it, keeping what an earlier fact knew and this one does not. */
  save(leg: LegRecord): Promise<void>;
  ofCall(callId: CallId): Promise<LegRecord[]>;
}

/** How far a room's facts are in the record. */
export interface RoomCursor {
  readonly room: string;
  readonly callId: CallId | null;
  readonly workspaceId: WorkspaceId | null;
  readonly projectedN: number;
}

export interface RoomRepository {
  /** Without a lock; 0 for a room that is not known. */
  projectedN(room: string): Promise<number>;
  /** Makes it where it is missing and locks it until the transaction ends: one projection of a room at a time. */
  lock(room: string): Promise<RoomCursor>;
  /** Throws `conflict` when it is not where `from` says. */
  advance(from: RoomCursor, to: RoomCursor): Promise<void>;
}

export interface FactRepository {
  /** Throws when one of them is there already: a fact is projected once. */
  add(cursor: RoomCursor, facts: readonly NumberedFact[]): Promise<void>;
  /** All of a room's facts, in order. */
  ofRoom(room: string): Promise<NumberedFact[]>;
  /** Gives a room's facts to the workspace that its call turned out to be of. */
  assign(cursor: RoomCursor): Promise<void>;
}

export interface KeptNotice {
  readonly room: string;
  readonly workspaceId: WorkspaceId | null;
  readonly callId: CallId | null;
  readonly notice: RawNotice;
  readonly applied: boolean;
  readonly flag: string | null;
}

/** A notice as the record has it. */
export interface NoticeRecord {
  readonly vendor: Vendor;
  readonly eventId: string;
  readonly eventType: string;
  readonly receivedAt: Date;
  /** As it came, byte for byte. */
  readonly body: string;
  readonly applied: boolean;
  /** Why it was kept without effect. */
  readonly flag: string | null;
  /** How often it came again. */
  readonly repeats: number;
}

export interface NoticeRepository {
  /** Which of a vendor's notices are in no book of ours, by the ids of their events. */
  unknown(
    vendor: Vendor,
    notices: readonly { readonly room: string; readonly eventId: string }[],
  ): Promise<ReadonlySet<string>>;
  /** The same event of the same room again is counted, and takes the place of the first: a later version may understand what an earlier one did not. */
  keep(notice: KeptNotice): Promise<void>;
  countRepeat(room: string, eventId: string): Promise<void>;
  /** A call's notice as its room kept it, and the room. Throws `not_found`, also where nothing of it is kept any more. */
  find(callId: CallId, id: NoticeId): Promise<{ readonly room: string; readonly notice: RawNotice }>;
  /** The same of a notice that is of no workspace. Throws `not_found` likewise. */
  findOfNobody(id: NoticeId): Promise<{ readonly room: string; readonly notice: RawNotice }>;
  /** Notes of one that could not be read when it came that it has gone to its call now. */
  markSorted(id: NoticeId): Promise<void>;
  /** All of a room's, in the order in which they came. */
  ofRoom(room: string): Promise<NoticeRecord[]>;
}

export interface UnroutedCallRepository {
  save(call: {
    callId: CallId;
    room: string;
    fromAddress: string;
    toAddress: string;
    startedAt: Date;
    endedAt: Date | null;
    reason: string;
  }): Promise<void>;
  remove(callId: CallId): Promise<void>;
}
