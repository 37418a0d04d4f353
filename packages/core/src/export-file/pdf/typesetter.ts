/// <reference path="./pdfkit.d.ts" />
import type PDFDocument from "pdfkit";
import { brokenLines } from "./broken-lines.ts";
import type { FontShelf } from "./font-shelf.ts";
import { type ReportFont, RIGHT_TO_LEFT } from "./report-font.ts";
import { ReportFonts } from "./report-fonts.ts";
import { isRightToLeft, mirrored, type VisualRun, visualRuns } from "./visual-runs.ts";

type Pdf = InstanceType<typeof PDFDocument>;

export interface Style {
  /** In points. */
  readonly size: number;
  readonly color: string;
}

/** A paragraph that is broken into lines, and only needs a place. */
export interface SetParagraph {
  readonly lines: readonly string[];
  readonly isRightToLeft: boolean;
}

/** What one font writes in one go. */
interface Piece {
  readonly font: ReportFont;
  readonly text: string;
  readonly isRightToLeft: boolean;
}

/** What stands beside each other of one direction, from left to right. */
interface Run extends VisualRun {
  readonly pieces: readonly Piece[];
}

/** Writes text of any of the scripts that there are fonts for. */
export class Typesetter {
  private readonly pdf: Pdf;
  private readonly fonts: ReportFonts;
  /** People say the same words over and over. */
  private readonly widths = new Map<string, number>();

  private constructor(pdf: Pdf, fonts: ReportFonts) {
    this.pdf = pdf;
    this.fonts = fonts;
    for (const { name, embedded } of fonts.all) pdf.registerFont(name, embedded);
  }

  /** `text` is everything that will be written: the fonts that it needs are loaded. */
  static async for(pdf: Pdf, shelf: FontShelf, text: string): Promise<Typesetter> {
    return new Typesetter(pdf, await ReportFonts.open(shelf, text));
  }

  /** Characters that none of the fonts has, of what was written until now. */
  get unprintable(): ReadonlySet<string> {
    return this.fonts.unprintable;
  }

  /** A paragraph for a column of this width, in points. */
  set(text: string, width: number, { size }: Style): SetParagraph {
    const shown = this.fonts.printable(text);
    const lines = brokenLines(shown, width, (piece) => this.widthOf(piece, size));
    return { lines, isRightToLeft: isRightToLeft(shown) };
  }

  /** The width in points of what is read rightwards, or of a piece of what is not. */
  widthOf(text: string, size: number): number {
    const known = this.widths.get(text) ?? this.measured(text);
    return known * size;
  }

  /** The width at a size of one point. */
  private measured(text: string): number {
    const width = this.runs(text, false).reduce((sum, { pieces }) => sum + widthOf(pieces), 0);
    this.widths.set(text, width);
    return width;
  }

  /** Writes one line into a column, its letters standing at `y`; one that is read leftwards stands at the column's right edge. */
  write(line: string, column: { x: number; y: number; width: number }, style: Style, isRightToLeft = false): void {
    const runs = this.runs(line, isRightToLeft);
    const width = widthOf(runs.flatMap(({ pieces }) => pieces)) * style.size;
    let x = isRightToLeft ? column.x + column.width - width : column.x;
    for (const run of runs) {
      this.writeRun(run, { x, y: column.y }, style);
      x += widthOf(run.pieces) * style.size;
    }
  }

  /**
   * Whoever searches or copies gets the letters: where the shapes do not tell them, they are written beside. Both stand there as on
   * the page, because PDFium, by which Chrome reads, turns round itself what is read leftwards.
   */
  private writeRun(run: Run, at: { x: number; y: number }, style: Style): void {
    const { pdf } = this;
    const isTold = run.pieces.every(({ font, text, isRightToLeft }) => font.tells(text, isRightToLeft));
    if (!isTold) pdf.markContent("Span", { actual: asItStands(run) });
    let { x } = at;
    for (const piece of run.pieces) {
      const features: PDFKit.Mixins.OpenTypeFeatures[] = piece.isRightToLeft ? [RIGHT_TO_LEFT] : [];
      pdf
        .font(piece.font.name, style.size)
        .fillColor(style.color)
        // Without features pdfkit goes word by word and puts the words side by side from left to right.
        .text(piece.text, x, at.y, { lineBreak: false, baseline: "alphabetic", features });
      x += widthOf([piece]) * style.size;
    }
    if (!isTold) pdf.endMarkedContent();
  }

  /** What is written of a line, as it stands on the page from left to right. */
  private runs(line: string, isRightToLeft: boolean): Run[] {
    return visualRuns(this.fonts.printable(line), isRightToLeft ? "rtl" : "ltr").map((run) => {
      const pieces = this.fonts.byFont(run.text).map((piece) => ({ ...piece, isRightToLeft: run.isRightToLeft }));
      return { ...run, pieces: run.isRightToLeft ? pieces.reverse() : pieces };
    });
  }
}

/** At a size of one point. */
function widthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { font, text, isRightToLeft }) => sum + font.widthOf(text, isRightToLeft), 0);
}

function asItStands({ text, isRightToLeft }: Run): string {
  return isRightToLeft ? Array.from(text, mirrored).reverse().join("") : text;
}
