import type { Context, SystemActor } from "../context.ts";
import { DAY_MS } from "../durations.ts";

/** Fresh ones have a job of their own under way. */
const STORED_FOR_MS = DAY_MS;
const RECORDINGS_PER_RUN = 500;

/**
 * Has the carrier asked to delete its copies where it was to and was not, because a hold kept them that is released now, or because
 * it refused for hours. Once a day each. Returns how many.
 */
export async function askForCarrierCopies(ctx: Context<SystemActor>, asOf: Date): Promise<number> {
  const storedBefore = new Date(asOf.getTime() - STORED_FOR_MS);
  const day = asOf.toISOString().slice(0, 10);
  return ctx.unitOfWork(async (tx) => {
    const copies = await tx.purges.carrierCopies({ storedBefore, limit: RECORDINGS_PER_RUN });
    for (const { recordingId, workspaceId } of copies) {
      await tx.jobs.add({
        workspaceId,
        kind: "recording.delete_carrier_copy",
        key: `recording.delete_carrier_copy/${recordingId}/${day}`,
        payload: { recordingId },
      });
    }
    return copies.length;
  });
}
