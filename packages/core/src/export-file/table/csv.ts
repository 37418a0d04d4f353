import { stringify } from "csv-stringify/sync";

/** A column of a table: its heading, and what stands there for a row. */
export interface Column<R> {
  readonly name: string;
  readonly value: (row: R) => string | number | null;
}

/**
 * Before the first line, so that spreadsheets read what follows as UTF-8; nothing else of them does without being told
 * (https://www.unicode.org/faq/utf_bom.html). Programs that want plain lines have JSON Lines.
 */
const BYTE_ORDER_MARK = "\ufeff";

/**
 * Where a spreadsheet that parts cells at semicolons or tabs, as in much of Europe, or lines at any line's end, would see a cell of its
 * own begin, and a formula in it: quotes around a cell that it does not see mean nothing to it, and one that its own begins with is
 * taken off.
 */
const WITHIN_A_CELL = /([;\t\r\n]"*)(?=[=+\-@＝＋－＠])/g;

/** The line of headings, with what comes before it. */
export function csvHeading<R>(columns: readonly Column<R>[]): string {
  return BYTE_ORDER_MARK + csvText(columns.map(({ name }) => name));
}

/** A row as a line of CSV (RFC 4180). A cell that a spreadsheet would take for a formula has an apostrophe before it. */
export function csvLine<R>(columns: readonly Column<R>[], row: R): string {
  return csvText(columns.map(({ value }) => value(row)));
}

/**
 * Formulas begin with = + - @, in their wide forms too, or come after a tab or a carriage return; also a phone number is one to a
 * spreadsheet, which would show `+4930…` as a sum. https://owasp.org/www-community/attacks/CSV_Injection
 */
function csvText(cells: readonly (string | number | null)[]): string {
  const defused = cells.map((cell) => (typeof cell === "string" ? cell.replace(WITHIN_A_CELL, "$1'") : cell));
  // By itself the library quotes a cell for the whole of a line's end, and half of one ends a line as well for many a reader.
  return stringify([defused], { record_delimiter: "\r\n", quoted_match: /[\r\n]/, escape_formulas: true });
}
