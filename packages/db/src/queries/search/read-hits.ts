import { partWords, type SearchTerm } from "@earwitness/core";
import { type FoundCall, MAX_LINES_OF_CALL, type SearchHit, type UtteranceId, type WordView } from "@earwitness/shared";
import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { calls, searchableLines as lines, recordings, transcripts, utterances } from "../../schema/index.ts";
import type { Scope } from "../../scope.ts";
import { callSummaryColumns, toCallSummary } from "../call-summary.ts";
import { amongVisibleCalls } from "../visible-calls.ts";
import type { Question } from "./ask-in-languages.ts";
import { makeSnippet } from "./make-snippet.ts";
import { markWords } from "./mark-words.ts";
import type { RankedCall } from "./rank-calls.ts";

/** What is shown of the calls that were found, in their order: each with its best lines as they were said, the found words marked. */
export async function readHits(
  scope: Scope,
  ranked: readonly RankedCall[],
  questions: readonly Question[],
): Promise<FoundCall[]> {
  const best = ranked.flatMap(({ lines }) => lines.slice(0, MAX_LINES_OF_CALL));
  if (best.length === 0) return [];
  const said = await readLines(scope, best);
  const forms = await findForms(scope, said, questions);
  const asked = new Map(questions.map((question) => [question.language, question.asked]));
  return ranked.flatMap(({ callId, lines }) => {
    const ofCall = said.filter(({ call }) => call.id === callId);
    const [any] = ofCall;
    if (any === undefined) return [];
    const hits = ofCall
      .toSorted((a, b) => a.utterance.startMs - b.utterance.startMs)
      .map((line) => hitOf(line, forms.get(line.language) ?? NONE, asked.get(line.language) ?? []));
    const { id, state, durationMs } = any.recording;
    const recording = state === "stored" ? { id, durationMs } : null;
    return [{ call: toCallSummary(any.call), recording, hits, hitCount: lines.length }];
  });
}

const NONE: ReadonlySet<string> = new Set();
type SaidLine = Awaited<ReturnType<typeof readLines>>[number];

function readLines(scope: Scope, ids: readonly UtteranceId[]) {
  const { id, transcriptId, speaker, startMs, endMs, text, words } = utterances;
  return scope.db
    .select({
      utterance: { id, transcriptId, speaker, startMs, endMs, text, words },
      party: lines.party,
      language: lines.language,
      recording: { id: recordings.id, state: recordings.state, durationMs: recordings.durationMs },
      call: callSummaryColumns,
    })
    .from(lines)
    .innerJoin(utterances, eq(utterances.id, lines.utteranceId))
    .innerJoin(transcripts, eq(transcripts.id, utterances.transcriptId))
    .innerJoin(recordings, eq(recordings.id, transcripts.recordingId))
    .innerJoin(calls, eq(calls.id, lines.callId))
    .where(and(inArray(lines.utteranceId, [...ids]), amongVisibleCalls(scope)));
}

/**
 * Which of the words in `said` are forms of one of the question's, by language. Each is looked at once, however often it was said: only
 * the database knows its dictionaries.
 */
async function findForms(
  { db }: Scope,
  said: readonly SaidLine[],
  questions: readonly Question[],
): Promise<Map<string, Set<string>>> {
  const forms = new Map<string, Set<string>>();
  for (const { language, forms: wanted } of questions) {
    const ofLanguage = said.filter((line) => line.language === language);
    const words = ofLanguage.flatMap(({ utterance }) => utterance.words);
    const texts = new Set(words.flatMap((word) => partWords(word.text).map(({ text }) => text)));
    if (wanted === "" || texts.size === 0) continue;
    const { rows } = await db.execute(sql`
      select spoken.text from unnest(${sql.param([...texts])}::text[]) spoken (text)
      where to_tsvector(dictionary_of(${language}), spoken.text) @@ ${wanted}::tsquery`);
    forms.set(language, new Set(Words.parse(rows).map(({ text }) => text)));
  }
  return forms;
}
const Words = z.array(z.object({ text: z.string() }));

function hitOf(
  { utterance, party, language }: SaidLine,
  forms: ReadonlySet<string>,
  terms: readonly SearchTerm[],
): SearchHit {
  const { id, transcriptId, speaker, startMs, endMs, words } = utterance;
  const texts = words.length > 0 ? words.map(({ text }) => text) : [utterance.text];
  const marked = markWords(texts, forms, terms);
  return {
    utteranceId: id,
    transcriptId,
    party,
    speaker,
    startMs,
    endMs,
    snippet: makeSnippet(texts, marked, language),
    words: words.filter((_, index) => marked.has(index)).map(timeOf),
  };
}

function timeOf({ text, startMs, endMs }: WordView) {
  return { text, startMs, endMs };
}
