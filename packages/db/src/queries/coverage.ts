import {
  coverageOf,
  fileTimelineOf,
  inFrames,
  lengthMs,
  pauseSpan,
  type Span,
  united,
  without,
} from "@earwitness/core";
import { type CallId, type CoverageView, type LiveChannel, notFound } from "@earwitness/shared";
import { and, asc, eq, inArray } from "drizzle-orm";
import { callGaps, calls, captions, recordingChunks, recordingPauses, recordings } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { amongVisibleCalls } from "./visible-calls.ts";

type CallRow = typeof calls.$inferSelect;

/** Where each answered moment of a call is kept. Throws `not_found` for a call that is not the workspace's. */
export async function readCoverage(scope: Scope, callId: CallId): Promise<CoverageView> {
  const [call] = await scope.db
    .select()
    .from(calls)
    .where(and(eq(calls.id, callId), amongVisibleCalls(scope)));
  const [coverage] = call === undefined ? [] : await coverageOfCalls(scope, [call]);
  if (coverage === undefined) throw notFound("The call");
  return coverage;
}

/** The same for several calls that the actor may see, in their order: as many queries as for one. */
export async function coverageOfCalls(scope: Scope, rows: readonly CallRow[]): Promise<CoverageView[]> {
  const { db } = scope;
  const ids = rows.map(({ id }) => id);
  const files = await db
    .select()
    .from(recordings)
    .where(inArray(recordings.callId, ids))
    .orderBy(asc(recordings.savedAt), asc(recordings.id));
  const chunks = await db.select().from(recordingChunks).where(inArray(recordingChunks.callId, ids));
  const gaps = await db.select().from(callGaps).where(inArray(callGaps.callId, ids)).orderBy(asc(callGaps.startMs));
  const pauses = await db
    .select()
    .from(recordingPauses)
    .where(inArray(recordingPauses.callId, ids))
    .orderBy(asc(recordingPauses.n));
  const captioned = await db
    .selectDistinct({ callId: captions.callId })
    .from(captions)
    .where(inArray(captions.callId, ids));
  const now = scope.clock.now();
  return rows.map((call) => {
    const ofCall = ({ callId }: { callId: CallId }) => callId === call.id;
    return coverageViewOf(call, now, {
      files: files.filter(ofCall),
      chunks: chunks.filter(ofCall),
      gaps: gaps.filter(ofCall),
      pauses: pauses.filter(ofCall),
      isCaptioned: captioned.some(ofCall),
    });
  });
}

function coverageViewOf(
  call: CallRow,
  now: Date,
  rows: {
    files: (typeof recordings.$inferSelect)[];
    chunks: (typeof recordingChunks.$inferSelect)[];
    gaps: (typeof callGaps.$inferSelect)[];
    pauses: (typeof recordingPauses.$inferSelect)[];
    isCaptioned: boolean;
  },
): CoverageView {
  const { files, chunks, gaps, pauses, isCaptioned } = rows;
  const answeredMs = answeredMsOf(call, now);
  const { answeredAt } = call;
  const paused =
    answeredAt === null ? [] : pauses.map((pause) => ({ ...pauseSpan(answeredAt, pause), by: pause.startedBy }));
  // What was put together from chunks holds nothing that they do not.
  // What was taken away for good was kept until then: a second is not missing because its time was over.
  const own = files.filter(({ source, state }) => source !== "chunks" && (state === "stored" || state === "purged"));
  const recorded = own.flatMap((file) => {
    const spans = fileTimelineOf(call, file, pauses)?.spans() ?? [];
    return spans.map((span) => ({ ...span, recordingId: file.id }));
  });
  const live = united(chunks.flatMap(({ held }) => held));
  // A frame of which one voice is missing is not held, so it is missing for that voice's reason.
  const audioGaps = gaps.filter(({ kind }) => kind === "audio");
  const isAwaited = files.some(({ state }) => state === "storing") || call.recordingState === "awaited";
  const coverage = coverageOf({
    answeredMs,
    recorded,
    live,
    paused,
    gaps: audioGaps,
    otherwise: reasonOtherwise(call),
  });
  return {
    callId: call.id,
    isFinal: call.state === "ended" && !isAwaited,
    answeredMs: coverage.answeredMs,
    recordedMs: lengthMs(coverage.recorded),
    liveMs: lengthMs(coverage.liveOnly),
    pausedMs: lengthMs(coverage.paused),
    missingMs: lengthMs(coverage.missing),
    recorded: shown(recorded, answeredMs),
    live,
    paused: shown(paused, answeredMs),
    missing: [...coverage.missing],
    captions: !isCaptioned && !gaps.some(({ kind }) => kind === "captions") ? null : captionsOf(gaps, live),
  };
}

/** Spans as they count: in whole frames, and of the answered time alone. */
function shown<S extends Span>(spans: readonly S[], answeredMs: number): S[] {
  return spans
    .map((span) => ({
      ...span,
      ...inFrames({ startMs: Math.max(0, span.startMs), endMs: Math.min(answeredMs, span.endMs) }),
    }))
    .filter(({ startMs, endMs }) => endMs > startMs);
}

/** Two clocks: an end that the one stamped before the other's answer is at the answer. */
function answeredMsOf({ answeredAt, endedAt }: CallRow, now: Date): number {
  return answeredAt === null ? 0 : Math.max(0, (endedAt ?? now).getTime() - answeredAt.getTime());
}

function reasonOtherwise(call: CallRow) {
  if (call.recordingState === null) return "not_recorded";
  return call.recordingState === "awaited" || call.recordingState === "storing" || call.recordingState === "recording"
    ? "recording_awaited"
    : "unknown";
}

/** What of the sound that we had was captioned, each voice counted by itself and the lesser told. */
function captionsOf(gaps: readonly (typeof callGaps.$inferSelect)[], live: readonly Span[]): CoverageView["captions"] {
  const told = gaps.flatMap(({ kind, channel, startMs, endMs, reason, detail }) =>
    kind === "captions" && channel !== null ? [{ channel, startMs, endMs, reason, detail }] : [],
  );
  const covered = (of: LiveChannel) => lengthMs(without(live, united(told.filter(({ channel }) => channel === of))));
  return { coveredMs: Math.min(covered("caller"), covered("agent")), gaps: told };
}
