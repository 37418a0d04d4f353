import type { Context } from "../context.ts";
import type { Repositories } from "../ports/repositories/index.ts";
import type { CallRecord } from "../projection/call-record.ts";
import { addRecording } from "./add-recording.ts";
import { mirrorRecordings } from "./mirror-recordings.ts";

/**
 * Has a call's recording put together from its live chunks, because the carrier's own has not come: within the transaction at
 * hand, once a call, and only where there are chunks, none more is expected, and no file of the carrier's is here or on its
 * way. If that comes after all, it is stored beside it. Tells whether it was begun.
 */
export async function replaceByChunks(
  ctx: Pick<Context, "newId" | "clock" | "log">,
  tx: Repositories,
  call: CallRecord,
): Promise<boolean> {
  if (call.answeredAt === null || call.state !== "ended" || call.liveEndedAt === null) return false;
  const recordings = await tx.recordings.ofCall(call.id);
  if (
    recordings.some(
      ({ state, source }) => source === "chunks" || state === "storing" || state === "stored" || state === "purged",
    )
  ) {
    return false;
  }
  const chunks = await tx.live.chunksOf(call.id);
  const [first, last] = [chunks[0], chunks.at(-1)];
  if (first === undefined || last === undefined) return false;
  const id = ctx.newId("recording");
  await addRecording(tx, {
    id,
    workspaceId: call.workspaceId,
    callId: call.id,
    source: "chunks",
    carrier: call.carrier,
    carrierRecordingId: null,
    carrierLegId: "",
    carrierUrl: null,
    savedAt: ctx.clock.now(),
    format: "wav",
    channels: 2,
    callerChannel: 1,
    startedAt: new Date(call.answeredAt.getTime() + first.startMs),
    endedAt: new Date(call.answeredAt.getTime() + last.endMs),
  });
  await mirrorRecordings(tx, call.id);
  await tx.outbox.tellCall(call.workspaceId, call.id, "recording");
  ctx.log.warn("A recording is put together from live chunks", { callId: call.id, recordingId: id });
  return true;
}

/** Whether the call was to be recorded, and the carrier's file is not to be had. */
export function isWithoutAudio({ recordingState }: CallRecord): boolean {
  return recordingState === "failed" || recordingState === "missing";
}
