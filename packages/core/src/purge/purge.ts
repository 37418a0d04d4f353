import type { AuditAction, CallId, RetentionKind } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { CallStanding, Repositories } from "../ports/repositories/index.ts";

const DEED: Readonly<Record<RetentionKind, AuditAction>> = {
  recordings: "recording.purged",
  transcripts: "transcript.purged",
  calls: "call.purged",
};

/** What of a call is to be taken away, and by what. */
export interface PurgeWish {
  readonly kind: RetentionKind;
  /** By the rule to keep it for so many; null: its time in the trash is over. */
  readonly days: number | null;
  /** Whether the call, as it is now, is still to be purged. */
  isDue(call: CallStanding): boolean;
}

/**
 * Takes something of a call away for good: out of the record in one transaction, with the job that takes the objects out of the
 * storage after it. A hold is looked for in the same transaction, and whoever places one meanwhile waits for its end: either the
 * hold is there first and nothing is taken, or what was taken was gone before. `gone`: there is nothing of it to take.
 */
export async function purge(
  ctx: Context<SystemActor>,
  callId: CallId,
  { kind, days, isDue }: PurgeWish,
): Promise<"purged" | "held" | "gone"> {
  return ctx.unitOfWork(async (tx) => {
    const call = await tx.trash.lock(callId);
    if (call === null || call.state !== "ended" || call.purgedAt !== null || !isDue(call)) return "gone";
    if (!(await tx.purges.has(kind, callId))) return "gone";
    if (await tx.holds.isHeld(call)) return "held";
    const at = ctx.clock.now();
    // Before it is taken: of a call that is in the trash or gone nothing is told any more.
    await tx.outbox.tellCall(call.workspaceId, callId);
    if (kind !== "transcripts") await deleteCarrierCopies(tx, call);
    await tx.purges.take(call, { kind, at: at.toISOString(), days });
    await tx.jobs.add({
      workspaceId: call.workspaceId,
      kind: "call.purge_objects",
      key: `call.purge_objects/${callId}/${kind}/${at.getTime()}`,
      payload: { callId },
    });
    await tx.audit.append({
      action: DEED[kind],
      object: { kind: "call", id: callId },
      details: { days },
      workspaceId: call.workspaceId,
    });
    return "purged";
  });
}

/** What is taken away here must not stay elsewhere. */
async function deleteCarrierCopies(tx: Repositories, { id, workspaceId }: CallStanding): Promise<void> {
  for (const recording of await tx.recordings.ofCall(id)) {
    if (recording.source !== "carrier" || recording.carrierDeletedAt !== null || recording.state === "purged") continue;
    await tx.jobs.add({
      workspaceId,
      kind: "recording.delete_carrier_copy",
      key: `recording.delete_carrier_copy/${recording.id}/purged`,
      payload: { recordingId: recording.id },
    });
  }
}
