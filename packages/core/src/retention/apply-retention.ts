import { RetentionKind, type WorkspaceId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { RetentionPosition, WorkspaceRules } from "../ports/repositories/index.ts";
import { purge } from "../purge/purge.ts";
import { askForCarrierCopies } from "./ask-for-carrier-copies.ts";
import { retentionCutoff } from "./retention-cutoff.ts";

const WORKSPACES_PER_PAGE = 100;
const CALLS_PER_PAGE = 100;
/** Less than a scheduled work may take. What is left over waits for the next night: a rule that is new may concern many calls. */
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

/**
 * Takes away for good what workspaces keep for a number of days that are over, each call in a transaction of its own, the oldest
 * first, for two minutes at most. What is held stays. Safe to run twice at once.
 */
export async function applyRetention(ctx: Context<SystemActor>, asOf: Date): Promise<RetentionResult> {
  const count = { recordings: 0, transcripts: 0, calls: 0, held: 0, unfinished: 0 };
  const endsAt = ctx.clock.now().getTime() + RUN_MS;
  const isOver = () => ctx.clock.now().getTime() >= endsAt;
  for await (const rule of rulesOf(ctx)) {
    const startedBefore = retentionCutoff(asOf, rule.days);
    for (let after: RetentionPosition | null = null; ; ) {
      if (isOver()) {
        ctx.log.warn("Retention did not come to its end in one run", { ...count });
        return { ...count, unfinished: 1, carrierCopies: 0 };
      }
      const page: RetentionPosition[] = await ctx.unitOfWork((tx) =>
        tx.purges.due(rule.kind, { workspaceId: rule.workspaceId, startedBefore, after, limit: CALLS_PER_PAGE }),
      );
      for (const { id } of page) {
        const { kind, days } = rule;
        const result = await purge(ctx, id, { kind, days, isDue: ({ startedAt }) => startedAt < startedBefore });
        if (result === "purged") count[kind]++;
        else if (result === "held") count.held++;
      }
      after = page.at(-1) ?? null;
      if (page.length < CALLS_PER_PAGE) break;
    }
  }
  return { ...count, carrierCopies: await askForCarrierCopies(ctx, asOf) };
}

/** Every rule of every workspace. What takes the most comes first: what a call took with it needs no second look. */
async function* rulesOf(ctx: Context<SystemActor>) {
  for (let after: WorkspaceId | null = null; ; ) {
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
