import type { IngestResult } from "./bench-ingest.ts";

/** The result as a person reads it. */
export function describeIngest(result: IngestResult): string {
  const { sizeMB, jobMBps, rawMBps, ratio, idleMiB, jobPeakMiB, rawPeakMiB, extraMiB } = result;
  return [
    `bare put       ${rawMBps} MB/s of ${sizeMB} MB, the runtime at ${rawPeakMiB} MiB`,
    `storing job    ${jobMBps} MB/s (${ratio} of the bare put), the runtime at ${jobPeakMiB} MiB`,
    `memory         ${extraMiB} MiB more than the bare put; ${idleMiB} MiB before either`,
  ].join("\n");
}
