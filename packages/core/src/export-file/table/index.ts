import type { ExportKind } from "@earwitness/shared";
import { auditRows } from "./audit.ts";
import { callRows } from "./calls.ts";
import type { RowKind } from "./row-kind.ts";
import { transcriptRows } from "./transcripts.ts";

/** How each kind of export that has rows reads and writes them. */
export const ROW_KINDS: Readonly<Record<Exclude<ExportKind, "call_report">, RowKind>> = {
  calls: callRows,
  transcripts: transcriptRows,
  audit: auditRows,
};
