import {
  type CallState,
  callStateOf,
  compareStates,
  type Difference,
  hashOfState,
  holesIn,
  isPurged,
  rebuildCall,
  systemClock,
} from "@earwitness/core";
import { type Database, readRecordedCall } from "@earwitness/db";
import { connect } from "@earwitness/db/node";
import { type CallId, EarwitnessError, newId } from "@earwitness/shared";

export interface ReplayResult {
  readonly callId: CallId;
  readonly room: string;
  /** How many facts its log holds, and the numbers of those that are missing or not understood. */
  readonly facts: number;
  readonly holes: readonly number[];
  /** SHA-256 of what the record says, of what the log leads to, and of that after the log was projected a second time. */
  readonly recordedSha256: string;
  readonly rebuiltSha256: string;
  readonly againSha256: string;
  readonly isSame: boolean;
  /** How many rows of each part were compared. */
  readonly rows: Readonly<Record<string, number>>;
  readonly differences: readonly Difference[];
}

const actor = { kind: "system", reason: "replay" } as const;
const silent = { info() {}, warn() {}, error() {} };

/**
 * Rebuilds the call from its log in the empty record at `scratch`, twice over, and compares it with the one at `source`, which is
 * only read. Throws `not_found` for a call that is not there, `unprocessable` for one without its log or one that was purged.
 */
export async function replayCall(options: { source: string; scratch: string; callId: CallId }): Promise<ReplayResult> {
  const { callId } = options;
  const [source, scratch] = [connect(options.source), connect(options.scratch)];
  try {
    const { recorded, log } = await source.read(actor, (scope) => readRecordedCall(scope, callId));
    if (isPurged(recorded)) {
      throw new EarwitnessError("unprocessable", "What was said on this call was taken away for good, in its log too.");
    }
    const unitOfWork = scratch.unitOfWork(actor);
    const ctx = { actor, clock: systemClock, random: Math.random, newId, log: silent, unitOfWork };
    await rebuildCall(ctx, log);
    const rebuilt = await stateOf(scratch, callId);
    await rebuildCall(ctx, log);
    const again = await stateOf(scratch, callId);
    const state = callStateOf(recorded);
    const holes = holesIn(log);
    const differences = compareStates(state, rebuilt);
    const hashes = {
      recordedSha256: await hashOfState(state),
      rebuiltSha256: await hashOfState(rebuilt),
      againSha256: await hashOfState(again),
    };
    return {
      callId,
      room: log.room,
      facts: log.facts.length,
      holes,
      ...hashes,
      isSame: holes.length === 0 && new Set(Object.values(hashes)).size === 1,
      rows: Object.fromEntries(Object.entries(state).map(([part, rows]) => [part, rows.length])),
      differences,
    };
  } finally {
    await Promise.all([source.close(), scratch.close()]);
  }
}

async function stateOf(database: Database, callId: CallId): Promise<CallState> {
  const { recorded } = await database.read(actor, (scope) => readRecordedCall(scope, callId));
  return callStateOf(recorded);
}
