import { describe, expect, it } from "vitest";
import { alignWords, comparable } from "../src/demo/word-error-rate.ts";

const words = (text: string) => text.split(" ").filter(Boolean).map(comparable);
const rate = (said: string, heard: string) => alignWords(words(said), words(heard));

describe("the word error rate", () => {
  it("is 0 when every word was heard, whatever their case and punctuation", () => {
    expect(rate("Hello, it's me. Twenty-one?", "hello it's me twenty-one").wordErrorRate).toBe(0);
  });

  it("counts a lost, a wrong and an added word once each", () => {
    expect(rate("one two three four", "one three four")).toMatchObject({
      deletions: 1,
      substitutions: 0,
      insertions: 0,
    });
    expect(rate("one two three four", "one too three four")).toMatchObject({ substitutions: 1, wordErrorRate: 0.25 });
    expect(rate("one two three four", "one two two three four")).toMatchObject({ insertions: 1, wordErrorRate: 0.25 });
  });

  it("aligns what follows a loss instead of counting all of it as wrong", () => {
    expect(rate("a b c d e f g h", "c d e f g h")).toMatchObject({
      deletions: 2,
      substitutions: 0,
      wordErrorRate: 0.25,
    });
  });

  it("shows which word stood where", () => {
    expect(rate("please call back", "please back").pairs).toEqual([
      { said: 0, heard: 0 },
      { said: 1, heard: null },
      { said: 2, heard: 1 },
    ]);
  });

  it("is 1 when something was heard where nothing was said, and 0 for silence heard as silence", () => {
    expect(rate("", "words from nowhere").wordErrorRate).toBe(1);
    expect(rate("", "").wordErrorRate).toBe(0);
  });
});
