import { expect, test } from "vitest";
import { cleanKeyTerms, keyTermsOf } from "../../src/workspace/key-terms.ts";

test("a number's own terms come before the workspace's, each once", () => {
  expect(keyTermsOf({ keyTerms: ["b", "a"] }, { keyTerms: ["a", "c"] })).toEqual(["b", "a", "c"]);
  expect(keyTermsOf(null, { keyTerms: ["c"] })).toEqual(["c"]);
});

test("terms lose the blanks around them, and come once", () => {
  expect(cleanKeyTerms([" flame sensor ", "flame sensor", "valve"])).toEqual(["flame sensor", "valve"]);
});

test.each([["  "], ["one two three four five six seven"]])("%j is none", (term) => {
  expect(() => cleanKeyTerms(["valve", term])).toThrow(
    expect.objectContaining({
      code: "invalid_request",
      fields: [expect.objectContaining({ pointer: "#/keyTerms/1" })],
    }),
  );
});
