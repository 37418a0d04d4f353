import type { SearchTerm } from "@earwitness/core";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Scope } from "../../scope.ts";

/** What the terms come to in one language; queries in Postgres' own notation. */
export interface Question {
  readonly language: string;
  /** What a line must answer to. */
  readonly wanted: string;
  /** The same without what it must not have: by this, lines are ranked. */
  readonly ranked: string;
  /** Any form of the single words; empty where there is none. By this, words of a line are marked. */
  readonly forms: string;
  /** The terms that are asked for: words that tell nothing in the language are not, where there are others. */
  readonly asked: readonly SearchTerm[];
}

/** A term in one language: as the dictionary has it, empty where it leaves it out, and as it was said. */
interface TermInLanguage {
  readonly term: SearchTerm;
  readonly stem: string;
  readonly said: string;
}

const Row = z.object({ language: z.string(), n: z.int(), stem: z.string(), said: z.string() });

/** The question in each language that the workspace's lines are in; with `language`, in that one, of whichever region. */
export async function askInLanguages(
  { db }: Scope,
  terms: readonly SearchTerm[],
  language: string | undefined,
): Promise<Question[]> {
  const { rows } = await db.execute(sql`
    with recursive spoken as (
      (select l.language from searchable_lines l order by l.language limit 1)
      union all
      select (select l.language from searchable_lines l where l.language > spoken.language order by l.language limit 1)
      from spoken where spoken.language is not null
    ), languages as materialized (
      select language, dictionary_of(language) as dictionary from spoken
      where language is not null ${language === undefined ? sql`` : sql`and language = language_alone(${language})`}
    )
    select language, n::integer, to_tsquery(dictionary, quoted)::text as stem,
      to_tsquery('pg_catalog.simple', plain_words(quoted) || mark)::text as said
    from languages, unnest(${sql.param(terms.map(quoted))}::text[], ${sql.param(terms.map(markOf))}::text[])
      with ordinality term (quoted, mark, n)
    order by language, n`);
  const languages = Map.groupBy(z.array(Row).parse(rows), (row) => row.language);
  return [...languages].flatMap(([each, inLanguage]) =>
    questionOf(
      each,
      inLanguage.flatMap(({ n, stem, said }) => {
        const term = terms[n - 1];
        // What Postgres reads no word in is nothing that it could have found in a line either.
        return term === undefined || said === "" ? [] : [{ term, stem, said }];
      }),
    ),
  );
}

/** One operand, whatever signs are in it. https://www.postgresql.org/docs/17/datatype-textsearch.html#DATATYPE-TSQUERY */
function quoted({ text }: SearchTerm): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/**
 * Phrases and beginnings of words are looked for only among the words as they were said, which have weight A. A word's weight is left
 * open, so that the index alone tells which lines have it.
 */
function markOf({ kind }: SearchTerm): string {
  return { word: "", phrase: ":A", prefix: ":*A" }[kind];
}

function questionOf(language: string, terms: readonly TermInLanguage[]): Question[] {
  const wished = terms.filter(({ term }) => !term.isExcluded);
  const telling = wished.filter(({ term, stem }) => term.kind !== "word" || stem !== "");
  const asked = telling.length > 0 ? telling : wished;
  if (asked.length === 0) return [];
  const ranked = asked.map(inAnyForm).join(" & ");
  const excluded = terms.filter(({ term }) => term.isExcluded).map((each) => `!${inAnyForm(each)}`);
  const forms = asked.filter(({ term, stem }) => term.kind === "word" && stem !== "").map(({ stem }) => stem);
  return [
    {
      language,
      wanted: [ranked, ...excluded].join(" & "),
      ranked,
      forms: forms.join(" | "),
      asked: asked.map(({ term }) => term),
    },
  ];
}

/** A word by its dictionary and as it was said; once, where that is the same. */
function inAnyForm({ term, stem, said }: TermInLanguage): string {
  return term.kind !== "word" || stem === "" || stem === said ? `(${said})` : `(${stem} | ${said})`;
}
