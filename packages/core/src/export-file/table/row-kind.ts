import type { ExportFormat } from "@earwitness/shared";
import type { z } from "zod";
import type { ExportSource } from "../../ports/export-source.ts";
import type { ExportRecord } from "../../ports/repositories/transfer.ts";
import { type Column, csvHeading, csvLine } from "./csv.ts";

/** A row as it stands in the file, and where reading goes on after it. */
export interface WrittenRow {
  readonly text: string;
  readonly place: unknown;
}

/** The rows of one kind of export, in pages, as text. */
export interface RowKind {
  /** What comes before the first row. */
  heading(format: ExportFormat): string;
  /** How many there are; null where counting would take as long as writing. */
  count(source: ExportSource, wish: ExportRecord): Promise<number | null>;
  /** At most `limit` rows after `place`, null for the first ones. Fewer than `limit` are the last ones. */
  page(source: ExportSource, wish: ExportRecord, place: unknown, limit: number): Promise<WrittenRow[]>;
}

interface Declared<R, P> {
  readonly columns: readonly Column<R>[];
  /** A row as an object, for JSON. */
  readonly object: (row: R) => object;
  readonly place: z.ZodType<P>;
  readonly placeOf: (row: R) => P;
  count(source: ExportSource, wish: ExportRecord): Promise<number | null>;
  read(source: ExportSource, wish: ExportRecord, after: P | null, limit: number): Promise<R[]>;
}

/** Joins how the rows of a kind are read with how they are written. */
export function rowKind<R, P>(kind: Declared<R, P>): RowKind {
  return {
    heading: (format) => (format === "csv" ? csvHeading(kind.columns) : ""),
    count: (source, wish) => kind.count(source, wish),
    async page(source, wish, place, limit) {
      const rows = await kind.read(source, wish, place === null ? null : kind.place.parse(place), limit);
      return rows.map((row) => ({
        text: wish.format === "csv" ? csvLine(kind.columns, row) : `${JSON.stringify(kind.object(row))}\n`,
        place: kind.placeOf(row),
      }));
    },
  };
}
