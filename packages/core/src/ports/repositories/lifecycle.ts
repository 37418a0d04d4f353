import type { CallId, CallState, HoldId, PurgeView, RecordingId, RetentionKind, WorkspaceId } from "@earwitness/shared";

/** Where a call stands between being there and being gone. */
export interface CallStanding {
  readonly id: CallId;
  readonly workspaceId: WorkspaceId;
  readonly state: CallState;
  readonly startedAt: Date;
  /** In the trash since; null for one that is not. */
  readonly deletedAt: Date | null;
  /** When everything of it but that it was there was taken away for good. */
  readonly purgedAt: Date | null;
}

/** A place among the calls in the trash, those first that have lain there longest. */
export interface TrashPosition {
  readonly deletedAt: Date;
  readonly id: CallId;
}

export interface TrashRepository {
  /** The call, whether it lies in the trash or not, locked until the transaction ends; null when the actor's workspace has none. */
  lock(id: CallId): Promise<CallStanding | null>;
  put(id: CallId, trashed: { at: Date; by: string }): Promise<void>;
  takeOut(id: CallId): Promise<void>;
  /** Calls that were put there before, that nothing holds, those first that have lain there longest, after `after`. */
  due(options: { deletedBefore: Date; after: TrashPosition | null; limit: number }): Promise<TrashPosition[]>;
}

/** What must not be deleted, as somebody has said: one call, or with no call everything of the workspace. */
export interface HoldRecord {
  readonly id: HoldId;
  readonly workspaceId: WorkspaceId;
  readonly callId: CallId | null;
  readonly reason: string;
  /** The id of a person. */
  readonly placedBy: string;
  readonly placedAt: Date;
  readonly releasedBy: string | null;
  readonly releasedAt: Date | null;
}

export interface HoldRepository {
  add(hold: HoldRecord): Promise<void>;
  /** Locked until the transaction ends. Throws `not_found`. */
  lock(id: HoldId): Promise<HoldRecord>;
  release(id: HoldId, released: { at: Date; by: string }): Promise<void>;
  /**
   * Whether the call is held. Who asks to take something away has the call locked, and until the transaction ends nobody can
   * place a hold on it or its workspace: what is answered here stays true.
   */
  isHeld(call: { readonly id: CallId; readonly workspaceId: WorkspaceId }): Promise<boolean>;
}

/** How long a workspace keeps what; a kind that is left out it keeps for good. */
export type RetentionRules = Readonly<Partial<Record<RetentionKind, number>>>;

export interface WorkspaceRules {
  readonly workspaceId: WorkspaceId;
  readonly rules: RetentionRules;
}

/** A place in the calls of a workspace, the oldest first. */
export interface RetentionPosition {
  readonly startedAt: Date;
  readonly id: CallId;
}

export interface PurgeRepository {
  /** Workspaces that keep something for a time only, in the order of their ids, after `after`. */
  rules(after: WorkspaceId | null, limit: number): Promise<WorkspaceRules[]>;
  /** Ended calls that began before and still have what is asked for, that nothing holds, the oldest first, after `after`. */
  due(
    kind: RetentionKind,
    options: { workspaceId: WorkspaceId; startedBefore: Date; after: RetentionPosition | null; limit: number },
  ): Promise<RetentionPosition[]>;
  /** Whether the call still has anything of the kind. */
  has(kind: RetentionKind, id: CallId): Promise<boolean>;
  /** Takes what the kind says out of the record and notes it on the call. The keys of its objects stay until the storage has let go. */
  take(call: CallStanding, purge: PurgeView): Promise<void>;
  /** Keys of objects whose rows say that they were taken away. */
  objectsOf(id: CallId): Promise<string[]>;
  /** Notes that the storage has none of these any more. */
  forgetObjects(id: CallId, keys: readonly string[]): Promise<void>;
  /** Recordings whose copy the carrier was to delete and was not asked to, because something held them: ids of what nothing holds any more. */
  carrierCopies(options: {
    storedBefore: Date;
    limit: number;
  }): Promise<{ readonly recordingId: RecordingId; readonly workspaceId: WorkspaceId }[]>;
}
