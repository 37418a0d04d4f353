import { describe, expect, test } from "vitest";
import { asksSomething, isNarrowed, NO_SEARCH_FILTERS, readSearch, writeSearch } from "../src/api/search.ts";
import { listenFromMs } from "../src/features/search/found-line.ts";
import { snippetParts } from "../src/features/search/snippet-parts.ts";
import { languageNames } from "../src/format/language.ts";

const read = (query: string) => readSearch(new URLSearchParams(query));

describe("the address of a search", () => {
  test("holds the words and all that narrows them, there and back", () => {
    const query = writeSearch({
      q: 'a "flame sensor" & <b>',
      speaker: "agent",
      direction: "inbound",
      number: "+15550100",
      language: "es",
      when: { first: "2026-11-01", last: "2026-11-03" },
    });
    expect(writeSearch(read(query))).toBe(query);
    expect(read(query).q).toBe('a "flame sensor" & <b>');
  });

  test("asks for nothing that it does not understand", () => {
    const odd = read("q=rebate&speaker=nobody&direction=up&number=5&language=not-one&when=once");
    expect(odd).toEqual({ ...NO_SEARCH_FILTERS, q: "rebate" });
    expect(isNarrowed(odd)).toBe(false);
    expect(isNarrowed(read("q=rebate&when=7d"))).toBe(true);
  });
});

test.each([
  ["rebate", true],
  ["-test rebate", true],
  ['"flame', true],
  ["мы", true],
  ["", false],
  ["-", false],
  ["-test", false],
  ['-"on hold"', false],
  ['" * !', false],
])("%j is something to look for: %j", (q, asks) => {
  expect(asksSomething({ ...NO_SEARCH_FILTERS, q })).toBe(asks);
});

describe("a snippet", () => {
  test("is cut where what was found begins and ends, and loses nothing", () => {
    const text = "my rebates, the Rebate";
    const parts = snippetParts({
      text,
      highlights: [
        { start: 3, end: 11 },
        { start: 16, end: 22 },
      ],
    });
    expect(parts.map(({ text, isFound }) => (isFound ? `[${text}]` : text))).toEqual([
      "my ",
      "[rebates,]",
      " the ",
      "[Rebate]",
    ]);
    expect(parts.map((part) => part.text).join("")).toBe(text);
  });

  test("without anything found is one piece, and an empty one none", () => {
    expect(snippetParts({ text: "as it is", highlights: [] })).toEqual([
      { start: 0, text: "as it is", isFound: false },
    ]);
    expect(snippetParts({ text: "", highlights: [] })).toEqual([]);
  });
});

test("a line is heard from shortly before the found word, never from before its own beginning", () => {
  const word = (startMs: number) => [{ text: "rebate", startMs, endMs: startMs + 300 }];
  expect(listenFromMs({ startMs: 10_000, words: word(30_000) })).toBe(28_500);
  expect(listenFromMs({ startMs: 10_000, words: word(10_400) })).toBe(10_000);
  expect(listenFromMs({ startMs: 10_000, words: [] })).toBe(10_000);
});

test("languages are named in a sentence", () => {
  expect(languageNames(["en", "es"], "en")).toBe("English and Spanish");
});
