import type { CallId, NoteId, WorkspaceId } from "@earwitness/shared";

/** What somebody noted on a call. */
export interface NoteRecord {
  readonly id: NoteId;
  readonly workspaceId: WorkspaceId;
  readonly callId: CallId;
  readonly text: string;
  /** Ms since the answer; null for one of the whole call. */
  readonly positionMs: number | null;
  /** The id of a person or a key. */
  readonly writtenBy: string;
  readonly createdAt: Date;
}

export interface NoteRepository {
  add(note: NoteRecord): Promise<void>;
  /** Locked until the transaction ends; null where the call has none of this id. */
  find(callId: CallId, id: NoteId): Promise<NoteRecord | null>;
  remove(id: NoteId): Promise<void>;
}
