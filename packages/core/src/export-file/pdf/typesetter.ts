/// <reference path="./fontkit-create.d.ts" />
import { create, type Font } from "fontkit";
import type PDFDocument from "pdfkit";
import { brokenLines } from "./broken-lines.ts";
import { type FontName, type FontShelf, fontsFor } from "./font-shelf.ts";
import { isRightToLeft, visualRuns } from "./visual-runs.ts";

type Pdf = InstanceType<typeof PDFDocument>;

export interface Style {
  /** In points. */
  readonly size: number;
  readonly color: string;
}

interface LoadedFont {
  readonly name: FontName;
  readonly font: Font;
}

/** A paragraph that is broken into lines, and only needs a place. */
export interface SetParagraph {
  readonly lines: readonly string[];
  readonly isRightToLeft: boolean;
}

/** What stands for a letter that none of the fonts has. */
const UNPRINTABLE = "\ufffd";
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
/**
 * Any features at all have pdfkit shape a stretch as a whole. Without them it goes word by word and puts the words side by side
 * from left to right, whichever way they are read.
 */
const SHAPED_WHOLE: { features: PDFKit.Mixins.OpenTypeFeatures[] } = { features: [] };

/** Writes text of any of the scripts that there are fonts for, each letter by the first font that has it. */
export class Typesetter {
  /** Letters that none of the fonts has. */
  readonly unprintable = new Set<string>();
  private readonly pdf: Pdf;
  private readonly fonts: readonly LoadedFont[];
  /** People say the same words over and over. */
  private readonly widths = new Map<string, number>();
  private readonly fontsOfLetters = new Map<string, LoadedFont | null>();

  private constructor(pdf: Pdf, fonts: readonly LoadedFont[]) {
    this.pdf = pdf;
    this.fonts = fonts;
  }

  /** `text` is everything that will be written: the fonts that it needs are loaded. */
  static async for(pdf: Pdf, shelf: FontShelf, text: string): Promise<Typesetter> {
    const fonts: LoadedFont[] = [];
    for (const name of fontsFor(text)) {
      const bytes = await shelf.load(name);
      const font = create(bytes);
      if (!("layout" in font)) throw new Error(`The file of the font ${name} is a collection.`);
      pdf.registerFont(name, bytes);
      fonts.push({ name, font });
    }
    return new Typesetter(pdf, fonts);
  }

  /** A paragraph for a column of this width, in points. */
  set(text: string, width: number, { size }: Style): SetParagraph {
    const shown = this.printable(text);
    const lines = brokenLines(shown, width, (piece) => this.widthOf(piece, size));
    return { lines, isRightToLeft: isRightToLeft(shown) };
  }

  /** The width of a line in points. */
  widthOf(text: string, size: number): number {
    const known = this.widths.get(text) ?? this.measured(text);
    return known * size;
  }

  /** The width at a size of one point. */
  private measured(text: string): number {
    let width = 0;
    for (const run of visualRuns(text, "ltr")) {
      for (const { name, text: piece } of this.byFont(run.text)) {
        width += this.pdf.font(name, 1).widthOfString(piece, SHAPED_WHOLE);
      }
    }
    this.widths.set(text, width);
    return width;
  }

  /** Writes one line into a column, its letters standing at `y`; one that is read leftwards stands at the column's right edge. */
  write(line: string, column: { x: number; y: number; width: number }, style: Style, isRightToLeft = false): void {
    const shown = this.printable(line);
    let x = isRightToLeft ? column.x + column.width - this.widthOf(shown, style.size) : column.x;
    for (const run of visualRuns(shown, isRightToLeft ? "rtl" : "ltr")) {
      const pieces = this.byFont(run.text);
      for (const piece of run.isRightToLeft ? pieces.reverse() : pieces) {
        x = this.writePiece(piece, run.isRightToLeft, { x, y: column.y }, style);
      }
    }
  }

  /** Where the next piece goes. */
  private writePiece(
    { name, text }: { name: FontName; text: string },
    isRightToLeft: boolean,
    { x, y }: { x: number; y: number },
    { size, color }: Style,
  ): number {
    const { pdf } = this;
    pdf.font(name, size).fillColor(color);
    // The fonts' engine turns round what has letters of a script that is read leftwards, and nothing else.
    const drawn = isRightToLeft && !RIGHT_TO_LEFT_LETTER.test(text) ? graphemesOf(text).reverse().join("") : text;
    pdf.text(drawn, x, y, { lineBreak: false, baseline: "alphabetic", ...SHAPED_WHOLE });
    return x + pdf.widthOfString(drawn, SHAPED_WHOLE);
  }

  /** The text with what no font has replaced, and control characters as spaces. */
  private printable(text: string): string {
    const letters = graphemesOf(text.replaceAll(CONTROL, " "));
    return letters.map((letter) => (this.fontOf(letter) === null ? this.without(letter) : letter)).join("");
  }

  private without(letter: string): string {
    this.unprintable.add(letter);
    return UNPRINTABLE;
  }

  private byFont(text: string): { name: FontName; text: string }[] {
    const pieces: { name: FontName; text: string }[] = [];
    for (const letter of graphemesOf(text)) {
      const last = pieces.at(-1);
      const name = this.nameOfFont(letter, last?.name);
      if (last?.name === name) last.text += letter;
      else pieces.push({ name, text: letter });
    }
    return pieces;
  }

  /** Spaces and the like stay with what they follow, so that it is shaped as one. */
  private nameOfFont(letter: string, before: FontName | undefined): FontName {
    const last = this.fonts.find(({ name }) => name === before);
    if (last !== undefined && NOBODYS.test(letter) && has(last.font, letter)) return last.name;
    return this.fontOf(letter)?.name ?? "latin";
  }

  /** The first that has all of it. A mark that none has together with its letter is left to that of the letter. */
  private fontOf(letter: string): LoadedFont | null {
    const known = this.fontsOfLetters.get(letter);
    if (known !== undefined) return known;
    const found =
      this.fonts.find(({ font }) => has(font, letter)) ??
      this.fonts.find(({ font }) => has(font, letter.normalize("NFC"))) ??
      null;
    this.fontsOfLetters.set(letter, found);
    return found;
  }
}

/** All of it: what is only there to steer how others are joined needs no shape. */
function has(font: Font, letter: string): boolean {
  return Array.from(letter).every(
    (character) => JOINER.test(character) || font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0),
  );
}

/** What belongs to no script: digits, stops, spaces, marks. */
const NOBODYS = /^[\p{Script=Common}\p{Script=Inherited}]+$/u;
const JOINER = /[\ufe00-\ufe0f]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
const CONTROL = /[\p{Cc}\p{Cs}]/gu;
const RIGHT_TO_LEFT_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

function graphemesOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}
