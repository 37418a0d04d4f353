import type PDFDocument from "pdfkit";
import type { Style, Typesetter } from "./typesetter.ts";

type Pdf = InstanceType<typeof PDFDocument>;

/** In points, of an A4 page. */
export const MARGIN = 56;
const LINE_HEIGHT = 1.45;
const FOOTER = 40;

const INK = "#1c1a17";
const GREY = "#6b655c";

/** What each kind of text on the page looks like. */
export const STYLES = {
  title: { size: 20, color: INK },
  heading: { size: 12, color: INK },
  body: { size: 10, color: INK },
  label: { size: 9, color: GREY },
  foot: { size: 8, color: GREY },
} as const satisfies Record<string, Style>;

/** A place on the page that goes down, and over to a new page where the old one is full. */
export class ReportPage {
  private readonly pdf: Pdf;
  private readonly setter: Typesetter;
  private y = MARGIN;

  constructor(pdf: Pdf, setter: Typesetter) {
    this.pdf = pdf;
    this.setter = setter;
  }

  get width(): number {
    return this.pdf.page.width - 2 * MARGIN;
  }

  space(points: number): void {
    this.y += points;
  }

  /** Begins a new page where fewer than so many points are left. */
  need(points: number): void {
    if (this.y + points <= this.pdf.page.height - MARGIN - FOOTER) return;
    this.pdf.addPage();
    this.y = MARGIN;
  }

  /** A paragraph over the whole width. */
  paragraph(text: string, style: Style): void {
    this.columns([{ text, style, indent: 0 }]);
  }

  /**
   * Paragraphs side by side, each from its `indent` to the next one's, the last one to the margin. Their first lines stand on one
   * line; a long one goes on over the page.
   */
  columns(cells: readonly { readonly text: string; readonly style: Style; readonly indent: number }[]): void {
    const gap = 12;
    const placed = cells.map(({ text, style, indent }, i) => {
      const next = cells[i + 1]?.indent ?? this.width + gap;
      const width = next - gap - indent;
      return { ...this.setter.set(text, width, style), style, x: MARGIN + indent, width };
    });
    const height = Math.max(...cells.map(({ style }) => style.size)) * LINE_HEIGHT;
    const rows = Math.max(...placed.map(({ lines }) => lines.length));
    for (let row = 0; row < rows; row++) {
      this.need(height);
      this.y += height;
      for (const { lines, style, x, width, isRightToLeft } of placed) {
        const line = lines[row];
        if (line !== undefined) this.setter.write(line, { x, y: this.y, width }, style, isRightToLeft);
      }
    }
  }

  rule(): void {
    const { pdf } = this;
    this.y += 8;
    pdf
      .moveTo(MARGIN, this.y)
      .lineTo(MARGIN + this.width, this.y)
      .lineWidth(0.5)
      .strokeColor("#d8d2c6")
      .stroke();
    this.y += 4;
  }
}
