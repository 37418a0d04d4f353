import type { CallId, RecordingState } from "@earwitness/shared";
import type { Repositories } from "../ports/repositories/index.ts";

/** What the list of calls shows of a call with several recordings: the one that needs attention the most. */
const BY_ATTENTION: readonly RecordingState[] = [
  "failed",
  "missing",
  "storing",
  "awaited",
  "recording",
  "stored",
  "purged",
];

/** Writes on the call where its recordings stand. */
export async function mirrorRecordings(tx: Pick<Repositories, "calls" | "recordings">, callId: CallId): Promise<void> {
  const states = (await tx.recordings.ofCall(callId)).map(({ state }) => state);
  const state = BY_ATTENTION.find((each) => states.includes(each));
  if (state !== undefined) await tx.calls.setRecordingState(callId, state);
}
