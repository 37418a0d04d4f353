import type { CallId, Id, RecordingId, UserId, WorkspaceId } from "@earwitness/shared";

export type FindingKind = "object_without_row" | "row_without_object" | "checksum_differs";

/** Where the storage and the record do not agree. */
export interface Finding {
  readonly kind: FindingKind;
  readonly r2Key: string;
  /** Null for an object of nobody that we know. */
  readonly workspaceId: WorkspaceId | null;
  readonly recordingId: RecordingId | null;
  readonly detail: string | null;
}

export interface OpenFinding extends Finding {
  readonly id: Id<"finding">;
}

/** What an object's key says that it is. */
export type NamedObject = { readonly key: string } & (
  | { readonly of: "recording" | "peaks"; readonly recordingId: RecordingId }
  | { readonly of: "chunk"; readonly callId: CallId }
  | { readonly of: "screenshot"; readonly uploadId: Id<"upload"> }
  | { readonly of: "avatar"; readonly userId: UserId }
  | { readonly of: "export"; readonly exportId: Id<"export"> }
);

/** What else than recordings has rows that name an object. */
export type NamingRow = "chunk" | "screenshot" | "export" | "avatar";

/** An object that a row says there is. `position` is the row's place among those of its sort. */
export interface AwaitedObject {
  readonly position: string;
  readonly key: string;
  /** Null for a person's. */
  readonly workspaceId: WorkspaceId | null;
}

/** Stored audio, as the record has it. */
export interface StoredRecording {
  readonly id: RecordingId;
  readonly workspaceId: WorkspaceId;
  readonly callId: CallId;
  readonly r2Key: string;
  readonly peaksKey: string | null;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface StorageCheckRepository {
  /** The keys of those that a row says there is, or of which a row says that it is on its way. */
  known(objects: readonly NamedObject[]): Promise<ReadonlySet<string>>;
  /** Whether something holds the whole workspace, or any call of it. */
  isHeld(workspaceId: WorkspaceId): Promise<boolean>;
  /** Recordings that should be in the storage, in the order of their ids, after `after`. */
  stored(after: RecordingId | null, limit: number): Promise<StoredRecording[]>;
  /** Objects that rows of a sort say should be in the storage, in the order of the rows, after `after`. */
  awaited(of: NamingRow, after: string | null, limit: number): Promise<AwaitedObject[]>;
  /** Recordings that should be in the storage, those first whose bytes were looked at longest ago, and before `checkedBefore`. */
  longestUnchecked(checkedBefore: Date, limit: number): Promise<StoredRecording[]>;
  /** Also of one whose bytes could not be read: its turn is over. */
  markChecked(id: RecordingId, at: Date): Promise<void>;
  /** Writes a finding down; one that is open already stays as it is. Tells whether it is news. */
  open(finding: Finding, at: Date): Promise<boolean>;
  /** Settles an open finding; nothing where there is none. */
  settle(kind: FindingKind, r2Key: string, at: Date): Promise<void>;
  /** Those that are open, those found longest ago first. */
  openFindings(limit: number): Promise<OpenFinding[]>;
}
