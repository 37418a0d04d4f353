import type { CallId, Direction, UtteranceId } from "@earwitness/shared";
import { and, desc, eq, gte, inArray, isNotNull, lt, notInArray, or, type SQL, sql } from "drizzle-orm";
import { calls, searchableLines as lines } from "../../schema/index.ts";
import { inWorkspace, type Scope } from "../../scope.ts";
import { type CallsPosition, matchingCalls } from "../calls.ts";
import { amongVisibleCalls, isNarrowed } from "../visible-calls.ts";
import type { Question } from "./ask-in-languages.ts";

/** Among which calls and lines is searched. */
export interface SearchFilter {
  readonly speaker?: "caller" | "agent" | undefined;
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  /** Either party's, E.164. */
  readonly number?: string | undefined;
  readonly direction?: Direction | undefined;
}

/** A line that answers to the question. */
export interface FoundLine {
  readonly utteranceId: UtteranceId;
  readonly callId: CallId;
  readonly startedAt: Date;
  /** Higher answers better. */
  readonly rank: number;
}

/** How a line's rank is reckoned: longer lines count for less, by the logarithm of their length. */
const BY_LENGTH = 1;

/**
 * The newest lines that answer to the question, of calls that come after `after` in the list of calls; at most `limit`, which bounds what
 * a common word costs: it is read off the newest lines one by one, a rare one off the index of words.
 */
export async function findLines(
  scope: Scope,
  options: { questions: readonly Question[]; filter: SearchFilter; after: CallsPosition | null; limit: number },
): Promise<FoundLine[]> {
  const { questions, filter, after, limit } = options;
  const { speaker, from, until } = filter;
  const groups = groupBySame(questions);
  const newest = scope.db
    .select({
      utteranceId: lines.utteranceId,
      callId: lines.callId,
      startedAt: lines.startedAt,
      language: lines.language,
      words: lines.words,
    })
    .from(lines)
    .where(
      and(
        inWorkspace(scope, lines.workspaceId),
        ofCalls(scope, filter),
        speaker && eq(lines.party, speaker),
        // The same of the lines themselves, by whose index they are walked.
        from && gte(lines.startedAt, from),
        until && lt(lines.startedAt, until),
        after === null ? undefined : below(after),
        or(...groups.map(({ languages, wanted }) => and(of(languages), sql`${lines.words} @@ ${wanted}::tsquery`))),
      ),
    )
    .orderBy(desc(lines.startedAt), desc(lines.callId))
    .limit(limit)
    .as("newest");
  const ranks = groups.map(
    ({ languages, ranked }) =>
      sql`when ${inArray(newest.language, languages)} then ts_rank_cd(${newest.words}, ${ranked}::tsquery, ${BY_LENGTH})`,
  );
  return await scope.db
    .select({
      utteranceId: newest.utteranceId,
      callId: newest.callId,
      startedAt: newest.startedAt,
      rank: sql<number>`case ${sql.join(ranks, sql` `)} end`,
    })
    .from(newest);
}

/**
 * Whose lines they may be. Where that is everybody's but the trash, the trash is left out, which is small: to look at the call of each line
 * that has the word would take longer than to find the lines. What is shown of them is held to what may be seen once more.
 */
function ofCalls(scope: Scope, filter: SearchFilter): SQL | undefined {
  const { number, direction } = filter;
  const among = scope.db.select({ id: calls.id }).from(calls);
  if (number === undefined && direction === undefined && !isNarrowed(scope.actor)) {
    const trash = and(inWorkspace(scope, calls.workspaceId), isNotNull(calls.deletedAt));
    return notInArray(lines.callId, among.where(trash));
  }
  return inArray(lines.callId, among.where(and(amongVisibleCalls(scope), matchingCalls(filter))));
}

interface Group extends Pick<Question, "wanted" | "ranked"> {
  readonly languages: string[];
}

/** Languages in which the question comes to the same are asked at once. */
function groupBySame(questions: readonly Question[]): Group[] {
  const groups: Group[] = [];
  for (const { language, wanted, ranked } of questions) {
    const same = groups.find((group) => group.wanted === wanted && group.ranked === ranked);
    if (same) same.languages.push(language);
    else groups.push({ languages: [language], wanted, ranked });
  }
  return groups;
}

function of(languages: readonly string[]): SQL {
  return inArray(lines.language, [...languages]);
}

/** A row comparison, which walks the index of the newest lines from the place on. */
function below({ startedAt, id }: CallsPosition): SQL {
  const idParameter = sql.param(id, lines.callId);
  return sql`(${lines.startedAt}, ${lines.callId}) < (${startedAt.toISOString()}::timestamptz, ${idParameter}::uuid)`;
}
