import type { CallId, CallState, CallSummary, Direction } from "@earwitness/shared";
import { and, desc, eq, gte, lt, or, type SQL, sql } from "drizzle-orm";
import { calls } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { callSummaryColumns, toCallSummary } from "./call-summary.ts";
import { amongVisibleCalls } from "./visible-calls.ts";

export interface CallsFilter {
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  /** Either party's, E.164. */
  readonly number?: string | undefined;
  readonly direction?: Direction | undefined;
  readonly state?: CallState | undefined;
}

/** A place in the list: newest first, then by id. */
export interface CallsPosition {
  readonly startedAt: Date;
  readonly id: CallId;
}

/**
 * One page of the workspace's calls, newest first, after `after`; `next` is where the following page begins, null at the end.
 * Keyset: a page costs the same however far down it is, and a call that comes in meanwhile shifts nothing.
 */
export async function listCalls(
  scope: Scope,
  options: { filter: CallsFilter; after: CallsPosition | null; limit: number },
): Promise<{ calls: CallSummary[]; next: CallsPosition | null }> {
  const { filter, after, limit } = options;
  const rows = await scope.db
    .select(callSummaryColumns)
    .from(calls)
    .where(and(amongVisibleCalls(scope), matchingCalls(filter), after === null ? undefined : below(after)))
    .orderBy(desc(calls.startedAt), desc(calls.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { calls: page.map(toCallSummary), next: rows.length > limit && last !== undefined ? last : null };
}

/** A row comparison, which walks the list's index from the place on. */
function below({ startedAt, id }: CallsPosition): SQL {
  const idParameter = sql.param(id, calls.id);
  return sql`(${calls.startedAt}, ${calls.id}) < (${startedAt.toISOString()}::timestamptz, ${idParameter}::uuid)`;
}

/** The condition that a statement about `calls` is held to the filter by. */
export function matchingCalls({ from, until, number, direction, state }: CallsFilter): SQL | undefined {
  return and(
    from && gte(calls.startedAt, from),
    until && lt(calls.startedAt, until),
    number === undefined ? undefined : or(eq(calls.fromAddress, number), eq(calls.toAddress, number)),
    direction && eq(calls.direction, direction),
    state && eq(calls.state, state),
  );
}
