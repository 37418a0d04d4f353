import type { CallLog, RecordedCall } from "@earwitness/core";
import { type CallId, EarwitnessError } from "@earwitness/shared";
import { createRepositories } from "../repositories/index.ts";
import type { Scope } from "../scope.ts";

/** The room may tell more while this reads; then it reads again. */
const MAX_READINGS = 5;

/**
 * Everything of one call that its room's facts write to, with the log of those facts. For the system: it reads what lies in
 * the trash too. Throws `not_found`, and `conflict` for a call of which new facts keep coming.
 */
export async function readRecordedCall(
  scope: Scope,
  callId: CallId,
): Promise<{ recorded: RecordedCall; log: CallLog }> {
  const { rooms } = createRepositories(scope);
  for (let readings = 0; readings < MAX_READINGS; readings++) {
    const read = await readOnce(scope, callId);
    if ((await rooms.projectedN(read.log.room)) === read.log.projectedN) return read;
  }
  throw new EarwitnessError("conflict", "New facts of the call keep coming. Try again when it is over.");
}

async function readOnce(scope: Scope, callId: CallId): Promise<{ recorded: RecordedCall; log: CallLog }> {
  const { calls, legs, notices, recordings, live, facts, rooms, numbers } = createRepositories(scope);
  const call = await calls.find(callId);
  const projectedN = await rooms.projectedN(call.room);
  const { room, workspaceId, numberId } = call;
  return {
    recorded: {
      call,
      legs: await legs.ofCall(callId),
      notices: await notices.ofRoom(room),
      recordings: await recordings.ofCall(callId),
      captions: await live.captionsOf(callId),
      chunks: await live.chunksOf(callId),
      gaps: await live.gapsOf(callId),
      pauses: await live.pausesOf(callId),
    },
    log: {
      callId,
      room,
      workspaceId,
      number: numberId === null ? null : await numbers.find(numberId),
      facts: await facts.ofRoom(room),
      projectedN,
    },
  };
}
