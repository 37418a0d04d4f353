import type { CallId, RecordingId } from "@earwitness/shared";
import type { Context, WorkspaceActor } from "../context.ts";
import { type Stretch, stretchToLog } from "./stretch.ts";

/** So long an entry stands for the same sound handed out again to the same session: a player that seeks asks twice. */
export const STANDS_FOR_MS = 60_000;

export interface Serving {
  readonly action: "recording.served" | "recording.downloaded";
  readonly recordingId: RecordingId;
  readonly callId: CallId;
  /** What is handed out. */
  readonly stretch: Stretch;
  /** Where the recording ends. */
  readonly endMs: number;
}

/**
 * Writes into the audit log who is handed which seconds of which recording. When it resolves the entry is committed: hand out
 * nothing before. Nothing new is written where an entry of the last minute says it already.
 */
export async function recordServing(ctx: Context<WorkspaceActor>, serving: Serving): Promise<void> {
  const { action, recordingId, callId, endMs } = serving;
  await ctx.unitOfWork(async (tx) => {
    const since = new Date(ctx.clock.now().getTime() - STANDS_FOR_MS);
    const logged = await tx.audit.servedSince(action, recordingId, since);
    const stretch = stretchToLog(serving.stretch, logged, endMs);
    if (stretch === null) return;
    const { fromMs, toMs } = stretch;
    await tx.audit.append({
      action,
      object: { kind: "recording", id: recordingId },
      details: {
        callId,
        fromMs,
        // JSON has no infinity.
        toMs: Number.isFinite(toMs) ? toMs : null,
        /** How much of its end was not handed out yet when it was written. */
        aheadMs: Number.isFinite(toMs) ? toMs - serving.stretch.toMs : 0,
        sessionId: ctx.actor.kind === "user" ? ctx.actor.sessionId : null,
      },
    });
  });
}
