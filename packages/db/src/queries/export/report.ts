import type { CallReport } from "@earwitness/core";
import { type CallId, hasCode, type TranscriptView, type WorkspaceId } from "@earwitness/shared";
import { and, eq, isNull } from "drizzle-orm";
import { requireRow } from "../../require-row.ts";
import { calls, workspaces } from "../../schema/index.ts";
import type { Scope } from "../../scope.ts";
import { readCall } from "../call.ts";
import { readCoverage } from "../coverage.ts";
import { readTranscript } from "../transcript.ts";

/** Everything that is told of one call. Throws `not_found` for one that is not the workspace's, or in the trash. */
export async function readCallReport(scope: Scope, workspaceId: WorkspaceId, callId: CallId): Promise<CallReport> {
  const { workspaceName } = requireRow(
    await scope.db
      .select({ workspaceName: workspaces.name })
      .from(calls)
      .innerJoin(workspaces, eq(workspaces.id, calls.workspaceId))
      .where(and(eq(calls.id, callId), eq(calls.workspaceId, workspaceId), isNull(calls.deletedAt))),
    "The call",
  );
  return {
    workspaceName,
    call: await readCall(scope, callId),
    transcript: await transcriptOf(scope, callId),
    coverage: await readCoverage(scope, callId),
  };
}

async function transcriptOf(scope: Scope, callId: CallId): Promise<TranscriptView | null> {
  try {
    return await readTranscript(scope, callId);
  } catch (error) {
    if (hasCode(error, "not_found")) return null;
    throw error;
  }
}
