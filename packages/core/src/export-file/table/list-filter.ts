import { ListFilter } from "../../ports/export-source.ts";
import type { ExportRecord } from "../../ports/repositories/transfer.ts";

/** The calls that were asked for and had begun by then: what comes in while the file is written is not in it. */
export function filterOf({ filter, createdAt }: Pick<ExportRecord, "filter" | "createdAt">): ListFilter {
  const asked = ListFilter.parse(filter);
  const begun = createdAt.toISOString();
  const isEarlier = asked.until !== undefined && Date.parse(asked.until) < createdAt.getTime();
  return { ...asked, until: isEarlier ? asked.until : begun };
}
