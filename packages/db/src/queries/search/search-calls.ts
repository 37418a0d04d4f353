import type { SearchTerm } from "@earwitness/core";
import { EarwitnessError, type FoundCall } from "@earwitness/shared";
import { sql } from "drizzle-orm";
import { isOverTime } from "../../errors.ts";
import type { Scope } from "../../scope.ts";
import type { CallsPosition } from "../calls.ts";
import { askInLanguages } from "./ask-in-languages.ts";
import { countSearched } from "./count-searched.ts";
import { findLines, type SearchFilter } from "./find-lines.ts";
import { rankCalls } from "./rank-calls.ts";
import { readHits } from "./read-hits.ts";

/** So many of the newest lines are ranked among each other; the lines before them follow in stretches of as many. */
const LINES_OF_STRETCH = 200;

/** A place among what was found: the stretch of lines, by the call after which it begins, and how many of its calls come before. */
export interface SearchPosition {
  readonly after: CallsPosition | null;
  readonly skip: number;
}

/** What is looked for, among what, and which page of it. */
export interface Search {
  readonly terms: readonly SearchTerm[];
  readonly filter: SearchFilter;
  /** BCP 47; what follows the language itself does not count. `und` for those that are not known. */
  readonly language?: string | undefined;
  readonly from: SearchPosition;
  /** Calls of a page, at most. */
  readonly limit: number;
}

export interface SearchPage {
  readonly found: FoundCall[];
  /** Where the following page begins; null at the end. */
  readonly next: SearchPosition | null;
  /** The languages that were looked through. */
  readonly languages: string[];
  /** How many calls were looked through; `isMore` where they are not all that there are. */
  readonly counted: { readonly calls: number; readonly isMore: boolean };
}

/**
 * Calls in whose words the terms were said together by one person without a break, those that answer best first; the older come in
 * stretches behind the newer, so that a page costs the same however often a word was said. Throws `timeout` for a search that takes
 * more of the database's time than any is worth.
 */
export async function searchCalls(scope: Scope, search: Search): Promise<SearchPage> {
  await bound(scope);
  try {
    return { ...(await readPage(scope, search)), counted: await countSearched(scope, search.filter) };
  } catch (error) {
    if (!isOverTime(error)) throw error;
    throw new EarwitnessError("timeout", "This takes too long to look for. Ask for more words, or for fewer days.", {
      cause: error,
    });
  }
}

async function readPage(
  scope: Scope,
  { terms, filter, language, from, limit }: Search,
): Promise<Omit<SearchPage, "counted">> {
  const questions = await askInLanguages(scope, terms, language);
  const languages = questions.map((question) => question.language);
  if (questions.length === 0) return { found: [], next: null, languages };
  const { after, skip } = from;
  const lines = await findLines(scope, { questions, filter, after, limit: LINES_OF_STRETCH + 1 });
  const stretch = rankCalls(lines, LINES_OF_STRETCH);
  const page = stretch.calls.slice(skip, skip + limit);
  const isMore = stretch.calls.length > skip + limit;
  return {
    found: await readHits(scope, page, questions),
    next: isMore ? { after, skip: skip + limit } : stretch.next && { after: stretch.next, skip: 0 },
    languages,
  };
}

/** What holds in a search's transaction, and in no other. */
const BOUNDS = {
  /** In ms. No search is worth more of the database's time. */
  statement_timeout: "5000",
  /** To call up further processes takes longer than a search. */
  max_parallel_workers_per_gather: "0",
  /**
   * What a page out of order costs beside one in order: little, on solid-state disks and in memory, where the usual 4 is of turning disks.
   * And what it costs to look at one thing, where the usual 0.0025 is of comparing two numbers: a line's words take about ten times that. By the usual
   * figures, words that are rare together would be looked for line by line.
   */
  random_page_cost: "1.1",
  cpu_operator_cost: "0.02",
};

/** Holds the transaction at hand to the search's bounds. */
async function bound({ db }: Scope): Promise<void> {
  const settings = Object.entries(BOUNDS).map(([name, value]) => sql`set_config(${name}, ${value}, true)`);
  await db.execute(sql`select ${sql.join(settings, sql`, `)}`);
}
