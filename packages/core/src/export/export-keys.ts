import type { ExportFormat, ExportId, WorkspaceId } from "@earwitness/shared";

/** Everything that was exported lies below it. */
const EXPORTS = "exports/";

interface Named {
  readonly id: ExportId;
  readonly workspaceId: WorkspaceId;
  readonly format: ExportFormat;
}

const EXTENSIONS: Readonly<Record<ExportFormat, string>> = {
  csv: "csv",
  jsonl: "jsonl",
  pdf: "pdf",
  srt: "srt",
  vtt: "vtt",
  vcon: "vcon.json",
};

const TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  jsonl: "application/jsonl",
  pdf: "application/pdf",
  srt: "application/x-subrip; charset=utf-8",
  vtt: "text/vtt; charset=utf-8",
  vcon: "application/vcon+json",
};

/** Where an export's file lies. */
export function exportKey({ workspaceId, id, format }: Named): string {
  return `${EXPORTS}${workspaceId}/${id}.${EXTENSIONS[format]}`;
}

/** Its media type. */
export function exportType(format: ExportFormat): string {
  return TYPES[format];
}

/** What a browser saves it as: what it is, of which call or when it was asked for. */
export function exportFileName(wish: {
  kind: string;
  format: ExportFormat;
  filter: Readonly<Record<string, unknown>>;
  createdAt: Date;
}): string {
  const { kind, format, filter, createdAt } = wish;
  const about = typeof filter.callId === "string" ? filter.callId : `${kind}_${createdAt.toISOString().slice(0, 10)}`;
  return `${about}.${EXTENSIONS[format]}`;
}
