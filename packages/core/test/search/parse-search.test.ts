import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSearch } from "../../src/index.ts";

const read = (question: string) =>
  parseSearch(question).map(({ kind, text, isExcluded }) => `${isExcluded ? "not " : ""}${kind} ${text}`);

describe("a question", () => {
  test.each([
    ["rebate", ["word rebate"]],
    ["  where is\tmy\nrebate ", ["word where", "word is", "word my", "word rebate"]],
    ['"flame sensor" igniter', ["phrase flame sensor", "word igniter"]],
    ["“flame sensor” «как дела»", ["phrase flame sensor", "phrase как дела"]],
    ["canc*", ["prefix canc"]],
    ["rebate -refund", ["word rebate", "not word refund"]],
    ['rebate -"on hold" −pend*', ["word rebate", "not phrase on hold", "not prefix pend"]],
    ["well-known", ["word well-known"]],
    ["מה שלומך", ["word מה", "word שלומך"]],
    ["京 한국어", ["word 京", "word 한국어"]],
    ["東京　-大阪 wifi密码", ["phrase 東京", "not phrase 大阪", "phrase wifi密码"]],
    ["สวัสดี กิ", ["phrase สวัสดี", "word กิ"]],
  ])("%j is read as people mean it", (question, terms) => {
    expect(read(question)).toEqual(terms);
  });

  test.each([
    ['"flame sen', ["phrase flame sen"]],
    ["rebate - * ** -- !", ["word rebate"]],
    ["r*", ["word r"]],
    ["京* 東京* 東京wif*", ["word 京", "phrase 東京", "prefix 東京wif"]],
    ["rebate)&!(: *", ["word rebate)&!(:"]],
    ["\u0000re\u0000bate", ["word re", "word bate"]],
    ['rebate ""', ["word rebate"]],
  ])("%j that is half typed, or has signs of its own, is read for what words it has", (question, terms) => {
    expect(read(question)).toEqual(terms);
  });

  test.each(["", "   ", "-", '"', "-rebate", '-"on hold"', "*", "!&|"])(
    "%j with nothing to look for is refused",
    (q) => {
      expect(() => parseSearch(q)).toThrow(
        expect.objectContaining({ code: "invalid_request", fields: [expect.objectContaining({ pointer: "query/q" })] }),
      );
    },
  );

  test("of more words than can be looked for at once is refused", () => {
    const words = (count: number) => Array.from({ length: count }, (_, i) => `w${i}`).join(" ");
    expect(parseSearch(words(16))).toHaveLength(16);
    expect(() => parseSearch(words(17))).toThrow(expect.objectContaining({ code: "invalid_request" }));
  });

  test("whatever it is, is either read into terms that have a letter or a digit, or refused", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (question) => {
        try {
          for (const { text } of parseSearch(question)) expect(text).toMatch(/[\p{L}\p{N}]/u);
        } catch (error) {
          expect(error).toMatchObject({ code: "invalid_request" });
        }
      }),
    );
  });
});
