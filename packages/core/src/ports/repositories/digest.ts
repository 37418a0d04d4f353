import type { WorkspaceId } from "@earwitness/shared";

/** What a workspace's week was. */
export interface WeekFigures {
  readonly calls: number;
  /** From answer to end, of all of them. */
  readonly talkedMs: number;
  /** Inbound calls that nobody answered. */
  readonly missed: number;
  /** Calls of the week whose recording was lost, or could not be stored. */
  readonly recordingsMissing: number;
  readonly transcriptsFailed: number;
  /** Work that was given up, whenever that was, and that nobody has looked at. */
  readonly deadJobs: number;
}

export interface DigestRepository {
  /** Workspaces made before `madeBefore`, by id, beginning after `after`. */
  workspaces(after: WorkspaceId | null, limit: number, madeBefore: Date): Promise<WorkspaceId[]>;
  /** Of calls that began at or after `from` and before `until`; what is in the trash is left out. */
  figures(workspaceId: WorkspaceId, period: { from: Date; until: Date }): Promise<WeekFigures>;
  /** The addresses, in lower case, of those who look after the workspace and have not said no to its digest. */
  recipients(workspaceId: WorkspaceId): Promise<string[]>;
}
