import type { Context, SystemActor } from "../context.ts";

/** The vendor needs seconds for minutes of audio; one that has had it for longer is asked, every time anew. */
const SILENT_FOR_MS = 2 * 60_000;
const TRANSCRIPTS_PER_RUN = 100;
/** A cron that fires twice for one minute asks once. */
const SAME_RUN_MS = 10_000;

/**
 * Has the vendor asked about transcripts that it has been silent about. Returns how many. Where a job is to ask already, it is not asked
 * by another: while the vendor is away they would become more with each run, and hold up everything behind them.
 */
export async function askForTranscripts(ctx: Context<SystemActor>, asOf: Date): Promise<number> {
  const submittedBefore = new Date(asOf.getTime() - SILENT_FOR_MS);
  const run = Math.floor(asOf.getTime() / SAME_RUN_MS);
  return ctx.unitOfWork(async (tx) => {
    const silent = await tx.transcripts.awaited({ submittedBefore, limit: TRANSCRIPTS_PER_RUN });
    for (const { id, workspaceId, callId, vendorTranscriptionId } of silent) {
      if (vendorTranscriptionId === null) continue;
      await tx.jobs.add({
        workspaceId,
        kind: "transcript.collect",
        key: `transcript.collect/${id}/${vendorTranscriptionId}/${run}`,
        payload: { transcriptId: id, vendorTranscriptionId },
        callId,
      });
    }
    return silent.length;
  });
}
