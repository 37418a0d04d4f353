import type {
  CallId,
  ExportFormat,
  ExportId,
  ExportKind,
  ExportState,
  ImportId,
  ImportState,
  JobId,
  WorkspaceId,
} from "@earwitness/shared";
import type { ImportRowDetails } from "../../import/import-row-details.ts";

/** A file that somebody asked for, from the wish to its end. */
export interface ExportRecord {
  readonly id: ExportId;
  readonly workspaceId: WorkspaceId;
  readonly kind: ExportKind;
  readonly format: ExportFormat;
  /** Which rows, as they were asked for. */
  readonly filter: Readonly<Record<string, unknown>>;
  /** The person or key that asked. */
  readonly requestedBy: string;
  readonly sees: "all" | "own";
  readonly state: ExportState;
  readonly jobId: JobId | null;
  /** Where its writing goes on; null before it has begun. Read with `ExportProgress`. */
  readonly progress: Readonly<Record<string, unknown>> | null;
  readonly rowCount: number;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  readonly r2Key: string | null;
  /** Why there is none, as a sentence. */
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date | null;
}

export interface ExportRepository {
  add(wish: ExportRecord): Promise<void>;
  /** Throws `not_found`. */
  find(id: ExportId): Promise<ExportRecord>;
  /** Locked until the transaction ends. Throws `not_found`. */
  lock(id: ExportId): Promise<ExportRecord>;
  save(record: ExportRecord): Promise<void>;
  /** How many of the actor's workspace are still to be written. Others who ask are held until the transaction ends. */
  countUnfinished(): Promise<number>;
  /** Those whose file was to be kept until before `expiredBefore`, longest ago first. */
  expired(options: { expiredBefore: Date; limit: number }): Promise<ExportId[]>;
}

/** Recordings that are taken over in bulk. */
export interface ImportRecord {
  readonly id: ImportId;
  readonly workspaceId: WorkspaceId;
  /** The workspace's folder for imports, and below it the one that was named. */
  readonly prefix: string;
  readonly requestedBy: string;
  readonly state: ImportState;
  readonly jobId: JobId | null;
  /** null until the whole table was read. */
  readonly rowCount: number | null;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** One line of an import's table. */
export interface ImportRowRecord {
  readonly importId: ImportId;
  readonly workspaceId: WorkspaceId;
  /** Counted from 1, the heading left out. */
  readonly line: number;
  readonly fileKey: string;
  readonly state: "waiting" | "taken" | "refused";
  /** null for a line that is settled. */
  readonly details: ImportRowDetails | null;
  readonly callId: CallId | null;
  readonly reason: string | null;
}

export interface ImportRepository {
  add(record: ImportRecord): Promise<void>;
  /** Throws `not_found`. */
  find(id: ImportId): Promise<ImportRecord>;
  /** Locked until the transaction ends. Throws `not_found`. */
  lock(id: ImportId): Promise<ImportRecord>;
  save(record: ImportRecord): Promise<void>;
  /** Those of a workspace that are not over. Others who ask are held until the transaction ends. */
  unfinished(workspaceId: WorkspaceId): Promise<Pick<ImportRecord, "id" | "prefix">[]>;
  /** Adds lines; one that is there stays as it is. */
  addRows(rows: readonly ImportRowRecord[]): Promise<void>;
  /** The number of the last line that was read; 0 for none. */
  lastLine(id: ImportId): Promise<number>;
  /** Lines that wait, in their order. */
  waiting(id: ImportId, limit: number): Promise<ImportRowRecord[]>;
  /** How many lines are settled, taken or refused. */
  countSettled(id: ImportId): Promise<number>;
  /** What became of a line that waits, whose details are forgotten: numbers stand in them. One that is settled stays as it is. */
  settleRow(row: ImportRowRecord): Promise<void>;
}
