import type { AuditAction, RecordingId, WorkspaceId } from "@earwitness/shared";
import type { Stretch } from "../../audit/stretch.ts";

/** What somebody did. Who, when and from where the transaction knows. */
export interface AuditEvent {
  readonly action: AuditAction;
  /** The thing that it was done to, by kind and id: `{ kind: "number", id: "num_…" }`. */
  readonly object: { readonly kind: string; readonly id: string };
  /** What changed, in plain values; never a secret, never what was said on a call. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** The workspace in whose log it stands; the actor's own where it is left out. */
  readonly workspaceId?: WorkspaceId;
  /** Who did it, where that is not the actor of the transaction: the system that signs a person in. */
  readonly by?: { readonly kind: "user" | "apiKey"; readonly id: string };
}

/** Where a workspace's log ends. */
export interface AuditHead {
  readonly workspaceId: WorkspaceId;
  readonly n: number;
  readonly sha256: string;
}

export interface AuditRepository {
  /**
   * Adds an entry to the workspace's log, chained to the one before it, and returns where the log ends then. Part of the
   * transaction: what is undone was never logged. Transactions of one workspace wait here for each other, so it belongs at
   * their end.
   */
  append(event: AuditEvent): Promise<AuditHead>;
  /**
   * The stretches of a recording that the log has as handed out to the actor, in the session at hand, at `since` or later.
   */
  servedSince(
    action: "recording.served" | "recording.downloaded",
    recordingId: RecordingId,
    since: Date,
  ): Promise<Stretch[]>;
  /** Where the logs of workspaces end, by the workspace's id, of those after `after`. */
  heads(after: WorkspaceId | null, limit: number): Promise<AuditHead[]>;
}
