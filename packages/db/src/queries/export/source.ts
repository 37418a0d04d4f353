import type { ExportSource } from "@earwitness/core";
import type { Database } from "../../database.ts";
import { readCallReport } from "./report.ts";
import {
  countExportedCalls,
  countExportedEntries,
  readExportedCalls,
  readExportedEntries,
  readExportedSpeech,
} from "./rows.ts";

const WRITER = { kind: "system", reason: "export" } as const;

/** What exports are written from. Each page is a transaction of its own. */
export function exportSource(database: Pick<Database, "read">): ExportSource {
  return {
    countCalls: (workspaceId, filter) =>
      database.read(WRITER, (scope) => countExportedCalls(scope, workspaceId, filter)),
    calls: (workspaceId, filter, after, limit) =>
      database.read(WRITER, (scope) => readExportedCalls(scope, workspaceId, { filter, after, limit })),
    spoken: (workspaceId, filter, after, limit) =>
      database.read(WRITER, (scope) => readExportedSpeech(scope, workspaceId, { filter, after, limit })),
    countAudit: (workspaceId, filter) =>
      database.read(WRITER, (scope) => countExportedEntries(scope, workspaceId, filter)),
    audit: (workspaceId, filter, after, limit) =>
      database.read(WRITER, (scope) => readExportedEntries(scope, workspaceId, { filter, after, limit })),
    report: (workspaceId, callId) => database.read(WRITER, (scope) => readCallReport(scope, workspaceId, callId)),
  };
}
