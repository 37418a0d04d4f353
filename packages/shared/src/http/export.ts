import { z } from "zod";
import { CallId, ExportId, ImportId, JobId } from "../ids.ts";
import { CallState, Direction, Instant, ListedInstant } from "./call.ts";

/** `call_report`: one call with its transcript, for a person to read or a tool to take over. */
export const ExportKind = z.enum(["calls", "transcripts", "audit", "call_report"]).meta({ id: "ExportKind" });
export type ExportKind = z.infer<typeof ExportKind>;
export const ExportFormat = z.enum(["csv", "jsonl", "pdf", "srt", "vtt", "vcon"]).meta({ id: "ExportFormat" });
export type ExportFormat = z.infer<typeof ExportFormat>;
export const ExportState = z
  .enum(["queued", "running", "ready", "failed", "cancelled", "expired"])
  .meta({ id: "ExportState" });
export type ExportState = z.infer<typeof ExportState>;

const period = {
  from: ListedInstant.optional().describe("Begun at or after"),
  until: ListedInstant.optional().describe("Begun before"),
};
/** The calls as the list of them is filtered. */
const listed = {
  ...period,
  number: z.string().max(40).optional().describe("Either party's, E.164"),
  direction: Direction.optional(),
  state: CallState.optional(),
};
/** What is wanted, and in which form: each kind has its own. */
export const MakeExport = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("calls"), format: z.enum(["csv", "jsonl"]), ...listed }),
    z.strictObject({ kind: z.literal("transcripts"), format: z.enum(["csv", "jsonl"]), ...listed }),
    z.strictObject({ kind: z.literal("audit"), format: z.enum(["csv", "jsonl"]), ...period }),
    z.strictObject({
      kind: z.literal("call_report"),
      format: z.enum(["pdf", "srt", "vtt", "vcon", "jsonl"]),
      callId: CallId,
    }),
  ])
  .meta({ id: "MakeExport" });
export type MakeExport = z.infer<typeof MakeExport>;

export const ExportView = z
  .object({
    id: ExportId,
    kind: ExportKind,
    format: ExportFormat,
    filter: z.record(z.string(), z.unknown()),
    state: ExportState,
    jobId: JobId.nullable(),
    requestedBy: z.string(),
    rowCount: z.int(),
    sizeBytes: z.int().nullable(),
    sha256: z.string().nullable(),
    reason: z.string().nullable().describe("Why there is none"),
    createdAt: Instant,
    finishedAt: Instant.nullable(),
    expiresAt: Instant.nullable(),
  })
  .meta({ id: "ExportView" });
export type ExportView = z.infer<typeof ExportView>;
/** The file is on its way: ask `GET /v1/exports/{exportId}`, or listen for live news of `export`. */
export const AcceptedExport = z.object({ jobId: JobId, exportId: ExportId }).meta({ id: "AcceptedExport" });
export type AcceptedExport = z.infer<typeof AcceptedExport>;
export const ExportList = z.object({ exports: z.array(ExportView) }).meta({ id: "ExportList" });
export type ExportList = z.infer<typeof ExportList>;
/** Where the file is fetched, for ten minutes at most. */
export const ExportDownload = z.object({ url: z.url(), expiresAt: Instant }).meta({ id: "ExportDownload" });
export type ExportDownload = z.infer<typeof ExportDownload>;

export const ImportState = z.enum(["queued", "running", "done", "failed", "cancelled"]).meta({ id: "ImportState" });
export type ImportState = z.infer<typeof ImportState>;

const MAX_PREFIX_CHARACTERS = 200;
/** Takes over the recordings that `<prefix>calls.csv` names: files that lie beside it in the workspace's folder for imports. */
export const StartImport = z
  .strictObject({ prefix: z.string().min(1).max(MAX_PREFIX_CHARACTERS) })
  .meta({ id: "StartImport" });
export type StartImport = z.infer<typeof StartImport>;
export const ImportView = z
  .object({
    id: ImportId,
    prefix: z.string(),
    state: ImportState,
    jobId: JobId.nullable(),
    rowCount: z.int().nullable(),
    taken: z.int(),
    refused: z.array(z.object({ line: z.int(), file: z.string(), reason: z.string() })).describe("The first hundred"),
    reason: z.string().nullable(),
    createdAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: "ImportView" });
export type ImportView = z.infer<typeof ImportView>;
export const ImportList = z.object({ imports: z.array(ImportView) }).meta({ id: "ImportList" });
export type ImportList = z.infer<typeof ImportList>;
/** The files are being taken over: ask `GET /v1/imports/{importId}`, or listen for live news of `import`. */
export const AcceptedImport = z.object({ jobId: JobId, importId: ImportId }).meta({ id: "AcceptedImport" });
export type AcceptedImport = z.infer<typeof AcceptedImport>;
