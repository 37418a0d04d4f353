import type { ExportFormat, ExportKind, ExportState } from "@earwitness/shared";

/** What the files are of, as a person says it. */
export const KINDS: Readonly<Record<ExportKind, string>> = {
  calls: "Calls",
  transcripts: "Transcripts",
  audit: "Audit log",
  call_report: "One call",
};

export const FORMATS: Readonly<Record<ExportFormat, string>> = {
  csv: "CSV",
  jsonl: "JSON Lines",
  pdf: "PDF",
  srt: "SRT",
  vtt: "WebVTT",
  vcon: "vCon",
};

export const STATES: Readonly<Record<ExportState, string>> = {
  queued: "Waiting",
  running: "Being written",
  ready: "Ready",
  failed: "Not written",
  cancelled: "Cancelled",
  expired: "Expired",
};
