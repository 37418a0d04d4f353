import {
  type AuditEntryView,
  CallId,
  CallState,
  type CallSummary,
  type CallView,
  type CoverageView,
  Direction,
  Instant,
  type TranscriptId,
  type TranscriptView,
  type UtteranceView,
  type WorkspaceId,
} from "@earwitness/shared";
import { z } from "zod";

/** Which calls: as the list of them is filtered. */
export const ListFilter = z.object({
  from: Instant.optional(),
  until: Instant.optional(),
  number: z.string().optional(),
  direction: Direction.optional(),
  state: CallState.optional(),
});
export type ListFilter = z.infer<typeof ListFilter>;
/** Which entries of the log. `upTo` is the last one that there was when the export was asked for. */
export const AuditFilter = z.object({ from: Instant.optional(), until: Instant.optional(), upTo: z.int() });
export type AuditFilter = z.infer<typeof AuditFilter>;

/** Where a file's next row comes after. */
export const CallsPlace = z.object({ startedAt: Instant, id: CallId });
export type CallsPlace = z.infer<typeof CallsPlace>;
export const SpokenPlace = z.object({ callStartedAt: Instant, callId: CallId, ordinal: z.int() });
export type SpokenPlace = z.infer<typeof SpokenPlace>;
export const AuditPlace = z.object({ n: z.int() });
export type AuditPlace = z.infer<typeof AuditPlace>;

/** An utterance of an exact transcript, with the call that it is of. */
export interface SpokenRow
  extends Pick<UtteranceView, "speaker" | "party" | "channel" | "startMs" | "endMs" | "confidence" | "text"> {
  readonly callId: CallId;
  readonly callStartedAt: string;
  readonly from: string;
  readonly to: string;
  readonly transcriptId: TranscriptId;
  readonly version: number;
  readonly language: string | null;
  readonly ordinal: number;
}

/** An entry of the audit log without what is looked up, the name of who did it. */
export type AuditRow = Omit<AuditEntryView, "actor"> & { readonly actor: Omit<AuditEntryView["actor"], "name"> };

/** Everything that is told of one call, for a person to read or a tool to take over. */
export interface CallReport {
  readonly workspaceName: string;
  readonly call: CallView;
  /** null where nothing was recorded or captioned, or it is not ready. */
  readonly transcript: TranscriptView | null;
  readonly coverage: CoverageView;
}

/**
 * What exports are written from: pages of a workspace's rows, oldest first, each after a place of the one before and no longer
 * than `limit`. A page costs the same however far down it is.
 */
export interface ExportSource {
  countCalls(workspaceId: WorkspaceId, filter: ListFilter): Promise<number>;
  calls(workspaceId: WorkspaceId, filter: ListFilter, after: CallsPlace | null, limit: number): Promise<CallSummary[]>;
  spoken(workspaceId: WorkspaceId, filter: ListFilter, after: SpokenPlace | null, limit: number): Promise<SpokenRow[]>;
  countAudit(workspaceId: WorkspaceId, filter: AuditFilter): Promise<number>;
  audit(workspaceId: WorkspaceId, filter: AuditFilter, after: AuditPlace | null, limit: number): Promise<AuditRow[]>;
  /** Throws `not_found` for a call that is not the workspace's, or in the trash. */
  report(workspaceId: WorkspaceId, callId: CallId): Promise<CallReport>;
}
