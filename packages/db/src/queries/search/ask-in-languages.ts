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
  /** Any of the single words and beginnings of words: by this, words of a line are marked. Empty where there are only phrases. */
  marked: z.string(),
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
  const marked = asked.filter(({ kind }) => kind !== "phrase");
  const { rows } = await db.execute(sql`
    with recursive spoken as (
      (select l.language from searchable_lines l order by l.language limit 1)
      union all
      select (select l.language from searchable_lines l where l.language > spoken.language order by l.language limit 1)
      from spoken where spoken.language is not null
    ), asked as (
      select language, ${allOrCommon(asked, " && ")} as ranked, ${allOrCommon(marked, " || ")} as marked, ${anyOf(left)} as left_out
      from spoken where language is not null ${language === undefined ? sql`` : sql`and language = ${language}`}
    )
    select language, ranked::text, marked::text,
      (case when numnode(left_out) = 0 then ranked else ranked && !!left_out end)::text as wanted
    from asked order by language`);
  return z.array(Question).parse(rows);
}

const NOTHING = sql`''::tsquery`;

/** The terms put together, without common words; if there are no others, with them. */
function allOrCommon(terms: readonly SearchTerm[], operator: " && " | " || "): SQL {
  if (terms.length === 0) return NOTHING;
  const telling = sql.join(terms.map(withoutCommon), sql.raw(operator));
  return sql`(case when numnode(${telling}) = 0 then ${sql.join(terms.map(asSaid), sql.raw(operator))} else ${telling} end)`;
}

function anyOf(terms: readonly SearchTerm[]): SQL {
  return terms.length === 0 ? NOTHING : sql.join(terms.map(inAnyForm), sql` || `);
}

function withoutCommon(term: SearchTerm): SQL {
  if (term.kind !== "word") return asSaid(term);
  return sql`(case when numnode(${inDictionary(term)}) = 0 then ''::tsquery else ${inAnyForm(term)} end)`;
}

function inAnyForm(term: SearchTerm): SQL {
  return term.kind === "word" ? sql`(${inDictionary(term)} || ${asSaid(term)})` : asSaid(term);
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
