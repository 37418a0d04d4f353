import { notFound } from "@earwitness/shared";

/**
 * The row that a statement for one row read. Throws `not_found` when it read none: `name` is what a person is told that there is
 * none of, as in "The call".
 */
export function requireRow<Row>(rows: readonly Row[], name: string): Row {
  const [row] = rows;
  if (row === undefined) throw notFound(name);
  return row;
}
