import { isId, RetentionKind, type WorkspaceId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { CallStanding, RetentionPosition, WorkspaceRules } from "../ports/repositories/index.ts";
import { purge } from "../purge/purge.ts";
import { askForCarrierCopies } from "./ask-for-carrier-copies.ts";
import { retentionCutoff } from "./retention-cutoff.ts";

const WORKSPACES_PER_PAGE = 100;
const CALLS_PER_PAGE = 100;
/** Less than a scheduled work may take. What is left over waits for the next run: a rule that is new may concern many calls. */
const RUN_MS = 2 * 60_000;

export interface RetentionResult {
  readonly recordings: number;
  readonly transcripts: number;
  readonly calls: number;
  readonly held: number;
  readonly carrierCopies: number;
  /** 1 when the time of the run was over before its work. */
  readonly unfinished: number;
}

/** The last workspace that had its turn in a run that was not finished: the next run begins with the one after it. */
const POSITION = "retention/workspaces";

/**
 * Takes away for good what workspaces keep for a number of days that are over, each call in a transaction of its own, the oldest
 * first, for two minutes at most. A run that does not come to its end is gone on with by the next, so that each workspace has its turn.
 * What is held stays. Safe to run twice at once.
 */
export async function applyRetention(ctx: Context<SystemActor>, asOf: Date): Promise<RetentionResult> {
  const endsAt = ctx.clock.now().getTime() + RUN_MS;
  const isOver = () => ctx.clock.now().getTime() >= endsAt;
  // Before the rest, which may take all of the time, and has the copies of what it takes deleted itself.
  const carrierCopies = await askForCarrierCopies(ctx, asOf);
  const count = { recordings: 0, transcripts: 0, calls: 0, held: 0, unfinished: 0, carrierCopies };
  const position = await ctx.unitOfWork((tx) => tx.cronRuns.position(POSITION));
  const start = position !== null && isId("workspace", position) ? position : null;
  let last = start;
  const breakOff = async () => {
    ctx.log.warn("Retention did not come to its end in one run", { ...count });
    await ctx.unitOfWork((tx) => tx.cronRuns.move(POSITION, last));
    return { ...count, unfinished: 1 };
  };
  for await (const { workspaceId, kind, days } of rulesFrom(ctx, start)) {
    const startedBefore = retentionCutoff(asOf, days);
    const isDue = ({ startedAt }: CallStanding) => startedAt < startedBefore;
    for (let after: RetentionPosition | null = null; ; ) {
      if (isOver()) return breakOff();
      const page: RetentionPosition[] = await ctx.unitOfWork((tx) =>
        tx.purges.due(kind, { workspaceId, startedBefore, after, limit: CALLS_PER_PAGE }),
      );
      for (const { id } of page) {
        if (isOver()) return breakOff();
        const result = await purge(ctx, id, { kind, days, isDue });
        if (result === "purged") count[kind]++;
        else if (result === "held") count.held++;
        last = workspaceId;
      }
      last = workspaceId;
      after = page.at(-1) ?? null;
      if (page.length < CALLS_PER_PAGE) break;
    }
  }
  if (start !== null) await ctx.unitOfWork((tx) => tx.cronRuns.move(POSITION, null));
  return count;
}

/** Every rule of every workspace: of those after `start`, then of those up to it. */
async function* rulesFrom(ctx: Context<SystemActor>, start: WorkspaceId | null) {
  yield* rulesAfter(ctx, start);
  if (start === null) return;
  for await (const rule of rulesAfter(ctx, null)) {
    if (rule.workspaceId > start) return;
    yield rule;
  }
}

/** Every rule of the workspaces after that one. What takes the most comes first: what a call took with it needs no second look. */
async function* rulesAfter(ctx: Context<SystemActor>, start: WorkspaceId | null) {
  for (let after = start; ; ) {
    const page: WorkspaceRules[] = await ctx.unitOfWork((tx) => tx.purges.rules(after, WORKSPACES_PER_PAGE));
    for (const { workspaceId, rules } of page) {
      for (const kind of RetentionKind.options.toReversed()) {
        const days = rules[kind];
        if (days !== undefined) yield { workspaceId, kind, days };
      }
    }
    after = page.at(-1)?.workspaceId ?? null;
    if (page.length < WORKSPACES_PER_PAGE) return;
  }
}
