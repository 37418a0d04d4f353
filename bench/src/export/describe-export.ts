import type { ExportResult } from "./bench-export.ts";

/** The result as a person reads it. */
export function describeExport(result: ExportResult): string {
  const { rows, seconds, rowsPerSecond, sizeMB, idleMiB, tenthsMiB } = result;
  return [
    `export         ${rows} rows in ${seconds} s, ${rowsPerSecond} rows/s, ${sizeMB} MB`,
    `memory         the runtime at ${tenthsMiB.join(", ")} MiB by tenths of the rows; ${idleMiB} MiB before`,
  ].join("\n");
}
