import type { CallId, UploadId, UploadKind, UploadState, UserId, WorkspaceId } from "@earwitness/shared";
import type { UploadDetails } from "../../upload/upload-details.ts";

/** A file that somebody puts into the storage, from its announcement to what became of it. */
export interface UploadRecord {
  readonly id: UploadId;
  readonly workspaceId: WorkspaceId;
  readonly kind: UploadKind;
  /** As announced; what is accepted is just that. */
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly state: UploadState;
  /** Where it lies: in quarantine until it is accepted. */
  readonly r2Key: string;
  /** Why it was refused, as a sentence. */
  readonly reason: string | null;
  /** What was posted of it once it was there; null before. */
  readonly details: UploadDetails | null;
  /** The call that it becomes, or belongs to; null before that is posted. */
  readonly callId: CallId | null;
  /** Null for an API key's. */
  readonly createdBy: UserId | null;
  readonly createdAt: Date;
  /** Until when its put may begin. */
  readonly expiresAt: Date;
  readonly settledAt: Date | null;
}

export interface UploadRepository {
  add(upload: UploadRecord): Promise<void>;
  /** Throws `not_found`. */
  find(id: UploadId): Promise<UploadRecord>;
  /** Locked until the transaction ends. Throws `not_found`. */
  lock(id: UploadId): Promise<UploadRecord>;
  save(upload: UploadRecord): Promise<void>;
  /**
   * How many of the actor's own are awaited and may still be put: a person's by the person, a key's by its workspace's keys. Others who announce for
   * the same are held until the transaction ends, so that the number counts.
   */
  countAwaited(): Promise<number>;
  /** Those in `state` whose put could begin until before `expiredBefore`, longest ago first. */
  overdue(options: { state: UploadState; expiredBefore: Date; limit: number }): Promise<UploadId[]>;
  /** Which of these are waited for, or being checked: what lies in quarantine for them belongs there. */
  unsettled(ids: readonly UploadId[]): Promise<ReadonlySet<UploadId>>;
  /** The recording out of which the call was made; null for a call that was made on the line. */
  recordingOf(callId: CallId): Promise<UploadRecord | null>;
  /** Sets the picture that stands for a person, and gives the key of the one before; null where there was none. */
  setAvatar(userId: UserId, r2Key: string): Promise<string | null>;
}
