import type { CallId, CallView, LegView } from "@earwitness/shared";
import { and, asc, desc, eq } from "drizzle-orm";
import type { z } from "zod";
import { requireRow } from "../require-row.ts";
import { callLegs, calls, recordings, transcripts } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { instant, toCallSummary } from "./call-summary.ts";
import { readIsHeld } from "./held.ts";
import { toRecordingView } from "./recordings.ts";
import { stagesOf } from "./stages.ts";
import { amongVisibleCalls } from "./visible-calls.ts";

/** One call with its legs, recordings and stages. Throws `not_found` for one that is not the workspace's. */
export async function readCall(scope: Scope, callId: CallId): Promise<CallView> {
  const { db } = scope;
  const call = requireRow(
    await db
      .select()
      .from(calls)
      .where(and(eq(calls.id, callId), amongVisibleCalls(scope))),
    "The call",
  );
  const legs = await db.select().from(callLegs).where(eq(callLegs.callId, callId)).orderBy(asc(callLegs.startedAt));
  const recorded = await db
    .select()
    .from(recordings)
    .where(eq(recordings.callId, callId))
    .orderBy(asc(recordings.savedAt), asc(recordings.id));
  const [transcript] = await db
    .select()
    .from(transcripts)
    .where(eq(transcripts.callId, callId))
    .orderBy(desc(transcripts.createdAt), desc(transcripts.version))
    .limit(1);
  return {
    ...toCallSummary(call),
    carrier: call.carrier,
    carrierSessionId: call.carrierSessionId,
    legs: legs.map(toLegView),
    recordings: recorded.map(toRecordingView),
    transcriptId: transcript?.id ?? null,
    transcriptFailure: transcript?.failure ?? null,
    stages: stagesOf(call, recorded.at(-1) ?? null, transcript ?? null),
    captionLatency: call.captionLatency,
    isHeld: await readIsHeld(scope, call),
    notices: { received: call.noticesReceived, duplicates: call.noticesRepeated, applied: call.noticesApplied },
  };
}

function toLegView(leg: typeof callLegs.$inferSelect): z.infer<typeof LegView> {
  return {
    carrierLegId: leg.carrierLegId,
    party: leg.party,
    address: leg.address,
    startedAt: leg.startedAt.toISOString(),
    answeredAt: instant(leg.answeredAt),
    endedAt: instant(leg.endedAt),
    carrierCause: leg.carrierCause,
    sipCode: leg.sipCode,
  };
}
