import type { SearchTerm } from "@earwitness/core";
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Scope } from "../../scope.ts";

/** What the terms come to in one language, in Postgres' own notation. */
const Question = z.object({
  language: z.string(),
  /** What a line must answer to. */
  wanted: z.string(),
  /** The same without what it must not have: by this, lines are ranked. */
  ranked: z.string(),
  /** Any of the single words in its forms: by this, words of a line are marked. Empty where there is none. */
  marked: z.string(),
  /** Words that are not asked for, because they are too common in the language to tell anything. */
  common: z.array(z.string()),
});
export type Question = z.infer<typeof Question>;

/**
 * The question in each language that the workspace's lines are in; with `language`, in that one. A word that its language's
 * dictionary leaves out ("the", "und") is not asked for where another is; a phrase has all of its words.
 */
export async function askInLanguages(
  { db }: Scope,
  terms: readonly SearchTerm[],
  language: string | undefined,
): Promise<Question[]> {
  const asked = terms.filter(({ isExcluded }) => !isExcluded);
  const left = terms.filter(({ isExcluded }) => isExcluded);
  const words = asked.filter(({ kind }) => kind === "word");
  const { rows } = await db.execute(sql`
    with recursive spoken as (
      (select l.language from searchable_lines l order by l.language limit 1)
      union all
      select (select l.language from searchable_lines l where l.language > spoken.language order by l.language limit 1)
      from spoken where spoken.language is not null
    ), asked as (
      select language, ${allOrCommon(asked)} as ranked, ${anyOf(words, inDictionary)} as marked, ${anyOf(left, inAnyForm)} as left_out, ${commonAmong(asked)} as common
      from spoken where language is not null ${language === undefined ? sql`` : sql`and language = ${language}`}
    )
    select language, ranked::text, marked::text, common,
      (case when numnode(left_out) = 0 then ranked else ranked && !!left_out end)::text as wanted
    from asked order by language`);
  return z.array(Question).parse(rows);
}

const NOTHING = sql`''::tsquery`;

/** All of the terms but common words; if there are no others, these too. */
function allOrCommon(terms: readonly SearchTerm[]): SQL {
  const telling = sql.join(terms.map(withoutCommon), sql` && `);
  return sql`(case when numnode(${telling}) = 0 then ${sql.join(terms.map(asSaid), sql` && `)} else ${telling} end)`;
}

/** The words that are left out of what is asked. */
function commonAmong(terms: readonly SearchTerm[]): SQL {
  const words = terms.filter(({ kind }) => kind === "word");
  if (words.length === 0) return sql`'{}'::text[]`;
  const each = words.map((word) => sql`case when numnode(${inDictionary(word)}) = 0 then ${word.text}::text end`);
  const telling = sql.join(terms.map(withoutCommon), sql` && `);
  return sql`(case when numnode(${telling}) = 0 then '{}' else array_remove(array[${sql.join(each, sql`, `)}], null) end)`;
}

function anyOf(terms: readonly SearchTerm[], inForm: (term: SearchTerm) => SQL): SQL {
  return terms.length === 0 ? NOTHING : sql.join(terms.map(inForm), sql` || `);
}

function withoutCommon(term: SearchTerm): SQL {
  if (term.kind !== "word") return asSaid(term);
  return sql`(case when numnode(${inDictionary(term)}) = 0 then ''::tsquery else ${inAnyForm(term)} end)`;
}

/**
 * A word by its dictionary and as it was said; once, where that is the same. Its weight is left open, so that the index alone tells
 * which lines have it.
 */
function inAnyForm(term: SearchTerm): SQL {
  if (term.kind !== "word") return asSaid(term);
  const said = sql`to_tsquery('pg_catalog.simple', plain_words(${quoted(term.text)}::text))`;
  return sql`(case when ${inDictionary(term)} = ${said} then ${said} else ${inDictionary(term)} || ${said} end)`;
}

function inDictionary({ text }: SearchTerm): SQL {
  return sql`to_tsquery(dictionary_of(language), ${quoted(text)}::text)`;
}

/** Weight A is what the words as they were said are kept with. */
function asSaid({ kind, text }: SearchTerm): SQL {
  return sql`to_tsquery('pg_catalog.simple', plain_words(${quoted(text)}::text) || ${kind === "prefix" ? ":*A" : ":A"})`;
}

/** One operand, whatever signs are in it. https://www.postgresql.org/docs/17/datatype-textsearch.html#DATATYPE-TSQUERY */
function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
