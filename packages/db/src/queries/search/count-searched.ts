import { and, desc, sql } from "drizzle-orm";
import { calls } from "../../schema/index.ts";
import type { Scope } from "../../scope.ts";
import { matchingCalls } from "../calls.ts";
import { amongVisibleCalls } from "../visible-calls.ts";
import type { SearchFilter } from "./find-lines.ts";

/** Past this nobody needs the count, and it would cost more than the search. */
const MAX_COUNTED = 2_000;

/** How many calls have words among which is searched, of the newest two thousand; `isMore` where there are more calls than those. */
export async function countSearched(scope: Scope, filter: SearchFilter): Promise<{ calls: number; isMore: boolean }> {
  const newest = scope.db
    .select({ transcriptState: calls.transcriptState })
    .from(calls)
    .where(and(amongVisibleCalls(scope), matchingCalls(filter)))
    .orderBy(desc(calls.startedAt), desc(calls.id))
    .limit(MAX_COUNTED + 1)
    .as("newest");
  const [counted] = await scope.db
    .select({
      calls: sql<number>`(count(*) filter (where ${newest.transcriptState} = 'ready'))::integer`,
      looked: sql<number>`count(*)::integer`,
    })
    .from(newest);
  return { calls: counted?.calls ?? 0, isMore: (counted?.looked ?? 0) > MAX_COUNTED };
}
