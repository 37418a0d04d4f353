import { create } from "fontkit";
import { describe, expect, test } from "vitest";
import type { FontName } from "../../src/export-file/index.ts";
import { HarfBuzz } from "../../src/export-file/pdf/harfbuzz.ts";
import { shelf } from "./fonts.ts";

/** A font as HarfBuzz has it, and the shape that each letter has by itself. */
async function opened(name: FontName) {
  const file = await shelf.load(name);
  const font = create(file);
  if (!("layout" in font)) throw new Error("A collection");
  const shaping = (await HarfBuzz.start(shelf.harfbuzz)).open(file);
  return {
    shaping,
    own: (letters: string) => Array.from(letters, (c) => font.glyphForCodePoint(c.codePointAt(0) ?? 0).id),
  };
}

const ids = (shaped: readonly { id: number }[]) => shaped.map(({ id }) => id);

describe("HarfBuzz", () => {
  test("puts a vowel where it is written: before the letter after which it is spoken", async () => {
    const { shaping, own } = await opened("tamil");
    const shaped = shaping.shape("பெ", false);
    expect(ids(shaped)).toEqual(own("ெப"));
    expect(shaped.map(({ cluster }) => cluster)).toEqual([0, 0]);
    expect(shaped.every(({ advance }) => advance > 0)).toBe(true);
  });

  test("sets what is read leftwards from left to right, brackets turned", async () => {
    const { shaping, own } = await opened("hebrew");
    expect(ids(shaping.shape("אב", true))).toEqual(own("בא"));
    const sans = await opened("sans");
    expect(ids(sans.shaping.shape("(", true))).toEqual(sans.own(")"));
    expect(ids(sans.shaping.shape("(", false))).toEqual(sans.own("("));
  });

  test("joins letters, and sets a mark over the letter that it belongs to", async () => {
    const { shaping, own } = await opened("arabic");
    const joined = ids(shaping.shape("سلام", true));
    for (const alone of own("سلا")) expect(joined).not.toContain(alone);
    const thai = await opened("thai");
    const [, mark] = thai.shaping.shape("ที่", false);
    expect(mark).toMatchObject({ advance: 0 });
  });

  test("leaves out what only steers how others are joined", async () => {
    const { shaping } = await opened("sans");
    expect(shaping.shape("a\u200db\ufe0f", false)).toHaveLength(2);
    expect(shaping.shape("", false)).toEqual([]);
  });

  test("opens more than its memory has at first", async () => {
    const harfbuzz = await HarfBuzz.start(shelf.harfbuzz);
    for (let i = 0; i < 3; i++) {
      for (const name of ["jp", "kr", "sc", "tc"] as const) {
        expect(harfbuzz.open(await shelf.load(name)).shape("中", false)).toHaveLength(1);
      }
    }
  });
});
