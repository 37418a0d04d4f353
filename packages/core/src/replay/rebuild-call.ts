import { type CallId, EarwitnessError, type WorkspaceId } from "@earwitness/shared";
import type { NumberedFact } from "../call/fact.ts";
import type { Context, SystemActor } from "../context.ts";
import type { NumberRecord } from "../ports/repositories/index.ts";
import { projectPage } from "../projection/project-page.ts";

/** A call's log as the record keeps it, with what of the record besides it decided whose the call is. */
export interface CallLog {
  readonly callId: CallId;
  readonly room: string;
  readonly workspaceId: WorkspaceId;
  /** The number of ours that the call is of; null where it is of none. */
  readonly number: NumberRecord | null;
  /** Those that this version understands, in order. */
  readonly facts: readonly NumberedFact[];
  /** How far the room's facts were projected. */
  readonly projectedN: number;
}

/** Numbers that a log should hold and does not, or holds in words that this version does not understand. */
export function holesIn({ facts, projectedN }: CallLog): number[] {
  const present = new Set(facts.map(({ n }) => n));
  return Array.from({ length: projectedN }, (_, index) => index + 1).filter((n) => !present.has(n));
}

/**
 * Projects a call's log once more, by the same code as the first time, into a record that has none of it; again changes nothing.
 * `ctx` must be that of a record of its own: the jobs that follow from the facts are added there, and run by nobody. Throws
 * `unprocessable` for a log that does not begin at its beginning.
 */
export async function rebuildCall(ctx: Context<SystemActor>, log: CallLog): Promise<void> {
  const { callId, room, facts, number, workspaceId } = log;
  if (facts[0]?.n !== 1) {
    throw new EarwitnessError("unprocessable", `The log of call ${callId} does not begin at its beginning.`);
  }
  await ctx.unitOfWork(async (tx) => {
    if (!(await tx.workspaces.exists(workspaceId))) await tx.workspaces.add({ id: workspaceId, name: "Replay" });
    if (number !== null) {
      const { version: _version, publishedVersion: _published, ...claimed } = number;
      await tx.numbers.claim(claimed);
    }
    await projectPage(ctx, tx, room, { callId, facts: [...facts], more: false });
  });
}
