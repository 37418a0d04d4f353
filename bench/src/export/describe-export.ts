import type { ExportResult } from "./bench-export.ts";

/** The result as a person reads it. */
export function describeExport(result: ExportResult): string {
  const { rows, seconds, rowsPerSecond, sizeMB, idleMiB, firstHalfMiB, secondHalfMiB } = result;
  return [
    `export         ${rows} rows in ${seconds} s, ${rowsPerSecond} rows/s, ${sizeMB} MB`,
    `memory         the runtime at ${firstHalfMiB} MiB in the first half, ${secondHalfMiB} MiB in the second; ${idleMiB} MiB before`,
  ].join("\n");
}
