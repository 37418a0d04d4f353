import { EarwitnessError } from "@earwitness/shared";
import { CsvError } from "csv-parse";
import { parse } from "csv-parse/stream";

/** A line of a table by its headings, and its number, counted from 1 after them. */
export interface TableLine {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A line of metadata is a few hundred characters; a quote that is never closed would swallow the table. */
const MAX_LINE_CHARACTERS = 10_000;
/** More than this belongs into several imports. */
const MAX_LINES = 100_000;

/**
 * The lines of a CSV file (RFC 4180) as it streams in, with a byte order mark or without. Headings are taken in any case, with
 * spaces or underscores. Throws `invalid_request` for what is no CSV, and says where.
 */
export async function* readTable(file: ReadableStream<Uint8Array>): AsyncGenerator<TableLine> {
  const parser = parse({
    bom: true,
    columns: (headings: string[]) =>
      headings.map((heading) =>
        heading
          .trim()
          .toLowerCase()
          .replaceAll(/[\s-]+/g, "_"),
      ),
    max_record_size: MAX_LINE_CHARACTERS,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  const reader = file.pipeThrough(parser).getReader();
  try {
    for (let line = 1; ; line++) {
      const { done, value } = await reader.read();
      if (done) return;
      if (line > MAX_LINES) throw unreadable(`The table has more than ${MAX_LINES} lines. Make several of it.`);
      yield { line, cells: cellsOf(value) };
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(`The table is no CSV file: ${error.message}`, error) : error;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function cellsOf(record: unknown): Record<string, string> {
  if (typeof record !== "object" || record === null) return {};
  // The record holds no U+0000, and a line that could not be noted would stop the table.
  return Object.fromEntries(
    Object.entries(record).map(([heading, cell]) => [heading, String(cell).replaceAll("\0", "\ufffd")]),
  );
}

function unreadable(message: string, cause?: unknown): EarwitnessError {
  return new EarwitnessError("invalid_request", message, { cause });
}
