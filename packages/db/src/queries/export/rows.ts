import type {
  AuditFilter,
  AuditPlace,
  AuditRow,
  CallsPlace,
  ListFilter,
  SpokenPlace,
  SpokenRow,
} from "@earwitness/core";
import type { CallSummary, WorkspaceId } from "@earwitness/shared";
import { and, asc, count, desc, eq, gt, gte, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import { auditLineOf } from "../../repositories/audit-line-of.ts";
import { auditEntries, calls, recordings, transcripts, utterances } from "../../schema/index.ts";
import type { Scope } from "../../scope.ts";
import { callSummaryColumns, toCallSummary } from "../call-summary.ts";
import { matchingCalls } from "../calls.ts";
import { partyOf } from "../transcript.ts";

/** The calls that are exported. The system, which writes the files, sees everybody's, and the trash; here it must not. */
function exported(workspaceId: WorkspaceId, { from, until, ...filter }: ListFilter): SQL | undefined {
  return and(
    eq(calls.workspaceId, workspaceId),
    isNull(calls.deletedAt),
    matchingCalls({ ...filter, from: dateOf(from), until: dateOf(until) }),
  );
}

/** How many calls are exported. */
export async function countExportedCalls(scope: Scope, workspaceId: WorkspaceId, filter: ListFilter): Promise<number> {
  const [counted] = await scope.db.select({ rows: count() }).from(calls).where(exported(workspaceId, filter));
  return counted?.rows ?? 0;
}

/** A page of calls, oldest first. */
export async function readExportedCalls(
  scope: Scope,
  workspaceId: WorkspaceId,
  { filter, after, limit }: { filter: ListFilter; after: CallsPlace | null; limit: number },
): Promise<CallSummary[]> {
  const rows = await scope.db
    .select(callSummaryColumns)
    .from(calls)
    .where(and(exported(workspaceId, filter), after === null ? undefined : sql`${CALL} > ${placeOf(after)}`))
    .orderBy(asc(calls.startedAt), asc(calls.id))
    .limit(limit);
  return rows.map(toCallSummary);
}

/** A page of what was said on calls, by their newest exact transcripts: call by call, oldest first. */
export async function readExportedSpeech(
  scope: Scope,
  workspaceId: WorkspaceId,
  { filter, after, limit }: { filter: ListFilter; after: SpokenPlace | null; limit: number },
): Promise<SpokenRow[]> {
  const newest = scope.db
    .select({
      id: transcripts.id,
      version: transcripts.version,
      language: transcripts.language,
      recordingId: transcripts.recordingId,
    })
    .from(transcripts)
    .where(and(eq(transcripts.callId, calls.id), eq(transcripts.state, "ready")))
    .orderBy(desc(transcripts.createdAt), desc(transcripts.version))
    .limit(1)
    .as("newest");
  const rows = await scope.db
    .select({
      callId: calls.id,
      startedAt: calls.startedAt,
      from: calls.fromAddress,
      to: calls.toAddress,
      transcriptId: newest.id,
      version: newest.version,
      language: newest.language,
      channels: recordings.channels,
      callerChannel: recordings.callerChannel,
      spoken: {
        ordinal: utterances.ordinal,
        speaker: utterances.speaker,
        channel: utterances.channel,
        startMs: utterances.startMs,
        endMs: utterances.endMs,
        confidence: utterances.confidence,
        text: utterances.text,
      },
    })
    .from(calls)
    .innerJoinLateral(newest, sql`true`)
    .innerJoin(recordings, eq(recordings.id, newest.recordingId))
    .innerJoin(utterances, eq(utterances.transcriptId, newest.id))
    .where(and(exported(workspaceId, filter), after === null ? undefined : spokenAfter(after)))
    .orderBy(asc(calls.startedAt), asc(calls.id), asc(utterances.ordinal))
    .limit(limit);
  return rows.map(({ startedAt, channels, callerChannel, spoken, ...row }) => ({
    ...row,
    ...spoken,
    callStartedAt: startedAt.toISOString(),
    party: partyOf(spoken.channel, { channels, callerChannel }),
  }));
}

/** How many entries of the audit log are exported. */
export async function countExportedEntries(
  scope: Scope,
  workspaceId: WorkspaceId,
  filter: AuditFilter,
): Promise<number> {
  const [counted] = await scope.db.select({ rows: count() }).from(auditEntries).where(logged(workspaceId, filter));
  return counted?.rows ?? 0;
}

/** A page of the audit log, oldest first. */
export async function readExportedEntries(
  scope: Scope,
  workspaceId: WorkspaceId,
  { filter, after, limit }: { filter: AuditFilter; after: AuditPlace | null; limit: number },
): Promise<AuditRow[]> {
  const rows = await scope.db
    .select()
    .from(auditEntries)
    .where(and(logged(workspaceId, filter), gt(auditEntries.n, after?.n ?? 0)))
    .orderBy(asc(auditEntries.n))
    .limit(limit);
  return rows.map((row) => {
    const { workspaceId: _, ...line } = auditLineOf(row);
    return { ...line, action: row.action };
  });
}

function logged(workspaceId: WorkspaceId, { from, until, upTo }: AuditFilter): SQL | undefined {
  return and(
    eq(auditEntries.workspaceId, workspaceId),
    lte(auditEntries.n, upTo),
    from === undefined ? undefined : gte(auditEntries.at, new Date(from)),
    until === undefined ? undefined : lt(auditEntries.at, new Date(until)),
  );
}

/** As a row, so that the list's index is walked from the place on. */
const CALL = sql`(${calls.startedAt}, ${calls.id})`;

function placeOf({ startedAt, id }: CallsPlace): SQL {
  return sql`(${startedAt}::timestamptz, ${sql.param(id, calls.id)}::uuid)`;
}

/** The rest of the call, and the calls after it. */
function spokenAfter({ callStartedAt, callId, ordinal }: SpokenPlace): SQL | undefined {
  const place = placeOf({ startedAt: callStartedAt, id: callId });
  return and(sql`${CALL} >= ${place}`, sql`(${CALL} > ${place} or ${gt(utterances.ordinal, ordinal)})`);
}

function dateOf(instant: string | undefined): Date | undefined {
  return instant === undefined ? undefined : new Date(instant);
}
