/// <reference path="./fontkit.d.ts" />
import { create, type Font } from "fontkit";
import type { FontName } from "./font-shelf.ts";
import type { HarfBuzz, ShapedGlyph, ShapingFont } from "./harfbuzz.ts";
import { mirrored } from "./visual-runs.ts";

/** What pdfkit draws of a stretch of text. It scales the positions itself. */
export interface LaidOut {
  readonly glyphs: readonly { readonly id: number; readonly advanceWidth: number; readonly codePoints: number[] }[];
  readonly positions: readonly { xAdvance: number; yAdvance: number; xOffset: number; yOffset: number }[];
  readonly advanceWidth: number;
}

/** A font as pdfkit takes it that has been opened already. */
export interface LayingOut {
  layout(text: string, features: readonly string[]): LaidOut;
}

/** The OpenType feature of what is read leftwards: pdfkit hands features on to its font, and nothing else. */
export const RIGHT_TO_LEFT = "rtla";

/**
 * What steers how others are shown, and is left out by HarfBuzz. Unicode's own list has the fillers of Hangul besides, which have a
 * shape.
 */
const STEERING =
  /\u00ad|\u034f|\u061c|[\u17b4\u17b5]|[\u180b-\u180f]|[\u200b-\u200f\u202a-\u202e\u2060-\u206f]|[\ufe00-\ufe0f]|\ufeff|[\u{e0000}-\u{e0fff}]/u;

/** One font of the shelf: which letters it has, how wide they are, and the shapes that pdfkit draws and embeds. */
export class ReportFont {
  readonly name: FontName;
  /** What pdfkit is given as the font. */
  readonly embedded: LayingOut;
  private readonly font: Font;
  private readonly shaping: ShapingFont;
  /** The file says once of each shape which letters it stands for. */
  private readonly told = new Map<number, string>();
  /** The same is asked for several times, one after the other: how wide it is, whether it tells its letters, what to draw. */
  private last: { readonly text: string; readonly isRightToLeft: boolean; readonly shaped: ShapedGlyph[] } | undefined;

  /** `file` is a TrueType file. */
  constructor(name: FontName, file: Uint8Array, harfbuzz: HarfBuzz) {
    const font = create(file);
    if (!("layout" in font)) throw new Error(`The file of the font ${name} is a collection.`);
    this.name = name;
    this.font = font;
    this.shaping = harfbuzz.open(file);
    this.embedded = Object.assign(font, {
      layout: (text: string, features: readonly string[]) => this.layout(text, features.includes(RIGHT_TO_LEFT)),
    });
  }

  /** All of it: what only steers how others are shown needs no shape. */
  has(letter: string): boolean {
    const hasAll = (form: string) =>
      Array.from(form).every(
        (character) => STEERING.test(character) || this.font.hasGlyphForCodePoint(codePointOf(character)),
      );
    return hasAll(letter) || hasAll(letter.normalize("NFC"));
  }

  /** At a size of one. */
  widthOf(text: string, isRightToLeft: boolean): number {
    const glyphs = this.shape(text, isRightToLeft);
    return glyphs.reduce((sum, { advance }) => sum + advance, 0) / this.font.unitsPerEm;
  }

  /**
   * Whether the shapes tell the letters to who searches or copies: each stands for letters of its own, always the same, where the
   * line goes on. A dot that is set over a letter, or a stroke that several begin with, tells nothing.
   */
  tells(text: string, isRightToLeft: boolean): boolean {
    const shaped = this.shape(text, isRightToLeft);
    const letters = lettersOf(shaped, text, isRightToLeft);
    const toldHere = new Map<number, string>();
    return shaped.every(({ id, offsetX, offsetY }, i) => {
      const own = letters[i] ?? "";
      const told = this.told.get(id) ?? toldHere.get(id) ?? own;
      toldHere.set(id, told);
      return own !== "" && offsetX === 0 && offsetY === 0 && told === own;
    });
  }

  private shape(text: string, isRightToLeft: boolean): readonly ShapedGlyph[] {
    if (this.last?.text !== text || this.last.isRightToLeft !== isRightToLeft) {
      this.last = { text, isRightToLeft, shaped: this.shaping.shape(text, isRightToLeft) };
    }
    return this.last.shaped;
  }

  private layout(text: string, isRightToLeft: boolean): LaidOut {
    const shaped = this.shape(text, isRightToLeft);
    const letters = lettersOf(shaped, text, isRightToLeft);
    const positions = shaped.map(({ advance, offsetX, offsetY }) => ({
      xAdvance: advance,
      yAdvance: 0,
      xOffset: offsetX,
      yOffset: offsetY,
    }));
    return {
      glyphs: shaped.map(({ id }, i) => {
        const told = this.told.get(id) ?? letters[i] ?? "";
        this.told.set(id, told);
        return { id, advanceWidth: this.font.getGlyph(id).advanceWidth, codePoints: Array.from(told, codePointOf) };
      }),
      positions,
      // pdfkit scales the positions that it was given, and asks then.
      get advanceWidth() {
        return positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
      },
    };
  }
}

const codePointOf = (character: string) => character.codePointAt(0) ?? 0;

/**
 * The letters that each shape stands for, in the order in which they are read, brackets as they are drawn. Where letters were shaped
 * together, the widest shape stands for all of them.
 */
function lettersOf(shaped: readonly ShapedGlyph[], text: string, isRightToLeft: boolean): string[] {
  const letters = shaped.map(() => "");
  const together = Map.groupBy(shaped.entries(), ([, { cluster }]) => cluster);
  const starts = [...together.keys()].sort((a, b) => a - b);
  for (const [i, start] of starts.entries()) {
    const [[widest] = [0]] = (together.get(start) ?? []).sort(([, a], [, b]) => b.advance - a.advance);
    const read = text.slice(start, starts[i + 1]);
    letters[widest] = isRightToLeft ? Array.from(read, mirrored).join("") : read;
  }
  return letters;
}
