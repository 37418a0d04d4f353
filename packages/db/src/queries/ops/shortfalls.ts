import type { CoverageShortfallView, CoverageView, GapReason } from "@earwitness/shared";
import { and, desc, eq, gt, inArray, isNotNull, or } from "drizzle-orm";
import { callGaps, calls } from "../../schema/index.ts";
import { inWorkspace, type Scope } from "../../scope.ts";
import { coverageOfCalls } from "../coverage.ts";
import { amongVisibleCalls } from "../visible-calls.ts";

/** What happened longer ago is nobody's to mend: the carrier keeps no audio for so long. */
const LOOKS_BACK_MS = 30 * 24 * 60 * 60_000;
/** So many of the newest calls are added up, besides those of which a gap was told. */
const NEWEST_CALLS = 50;
const TOLD_CALLS = 50;
const SHOWN_CALLS = 20;
/** A frame here and there is lost on every line. */
const MIN_MISSING_MS = 1_000;
/** What is missing as it should be, or not yet there. */
const EXPLAINED: ReadonlySet<GapReason> = new Set(["before_recording", "not_recorded", "paused", "recording_awaited"]);

/**
 * Calls of which more than a second was answered and is in no audio, newest first: those of the newest ones, those of which the live path told
 * a gap, and those whose recording never came.
 */
export async function readShortfalls(scope: Scope): Promise<CoverageShortfallView[]> {
  const rows = await readCandidates(scope);
  const coverage = new Map((await coverageOfCalls(scope, rows)).map((view) => [view.callId, view]));
  return rows
    .map(({ id, direction, fromAddress, toAddress, startedAt }) => ({
      callId: id,
      label: direction === "inbound" ? fromAddress : toAddress,
      startedAt: startedAt.toISOString(),
      missingMs: missingMsOf(coverage.get(id)),
    }))
    .filter(({ missingMs }) => missingMs >= MIN_MISSING_MS)
    .slice(0, SHOWN_CALLS);
}

function missingMsOf(coverage: CoverageView | undefined): number {
  const spans = coverage?.missing.filter(({ reason }) => !EXPLAINED.has(reason)) ?? [];
  return spans.reduce((total, { startMs, endMs }) => total + endMs - startMs, 0);
}

async function readCandidates(scope: Scope): Promise<(typeof calls.$inferSelect)[]> {
  const { db, clock } = scope;
  const isOver = and(
    amongVisibleCalls(scope),
    eq(calls.state, "ended"),
    isNotNull(calls.answeredAt),
    gt(calls.startedAt, new Date(clock.now().getTime() - LOOKS_BACK_MS)),
  );
  const newest = await db.select().from(calls).where(isOver).orderBy(desc(calls.startedAt)).limit(NEWEST_CALLS);
  // An id begins with the time at which it was made, so that the newest come first.
  const told = await db
    .selectDistinct({ id: callGaps.callId })
    .from(callGaps)
    .where(and(inWorkspace(scope, callGaps.workspaceId), eq(callGaps.kind, "audio")))
    .orderBy(desc(callGaps.callId))
    .limit(TOLD_CALLS);
  const troubled = await db
    .select()
    .from(calls)
    .where(
      and(
        isOver,
        or(
          inArray(calls.recordingState, ["missing", "failed"]),
          inArray(
            calls.id,
            told.map(({ id }) => id),
          ),
        ),
      ),
    )
    .orderBy(desc(calls.startedAt))
    .limit(2 * TOLD_CALLS);
  const byId = new Map([...newest, ...troubled].map((call) => [call.id, call]));
  return [...byId.values()].sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
}
