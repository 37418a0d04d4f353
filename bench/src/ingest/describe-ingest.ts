import type { IngestResult, Measured } from "./bench-ingest.ts";

/** The result as a person reads it. */
export function describeIngest({ sizeMB, job, raw, ratio, extraMiB }: IngestResult): string {
  return [
    `bare put       ${told(raw)}, of ${sizeMB} MB`,
    `storing job    ${told(job)}; ${ratio} of the bare put's speed`,
    `memory         ${extraMiB} MiB more than the bare put`,
  ].join("\n");
}

function told({ MBps, idleMiB, peakMiB }: Measured): string {
  return `${MBps} MB/s, the runtime at ${peakMiB} MiB, ${idleMiB} before`;
}
