import type { CronName, JobView } from "@earwitness/shared";
import { displayLocale } from "../../format/locale.ts";
import { counted, shortBytes } from "../../format/size.ts";

/** Kinds of jobs as a person speaks of them. */
const JOB_NAMES: Readonly<Record<string, string>> = {
  "recording.store": "Store recording",
  "recording.store_own": "Store upload or live sound",
  "recording.delete_carrier_copy": "Delete the carrier’s copy",
  "transcript.request": "Ask for the transcript",
  "transcript.collect": "Exact transcript",
  "mail.send": "Mail",
  "upload.check": "Check upload",
  "digest.make": "Weekly digest",
  "call.purge_objects": "Take files away for good",
  "export.write": "Export",
  "import.take": "Import",
  "numbers.sync": "Sync numbers",
  "cron.run": "Scheduled work by hand",
};

/** What a kind of job is called; one that this page does not know yet, by its own name. */
export function jobName(kind: string): string {
  return JOB_NAMES[kind] ?? kind;
}

/** The queues of jobs with what each carries, in the order in which a call passes through them. */
export const QUEUES: readonly { readonly name: string; readonly carries: string }[] = [
  { name: "recordings", carries: "audio into R2" },
  { name: "transcripts", carries: "exact transcripts" },
  { name: "mail", carries: "links and notices" },
  { name: "bulk", carries: "exports and upkeep" },
];

/** The queues of what comes before there is a job. */
export const BACKLOGS: readonly { readonly name: string; readonly carries: string }[] = [
  { name: "notices", carries: "notices to their calls" },
  { name: "facts", carries: "facts into Postgres" },
  { name: "mail-notices", carries: "news of mails" },
];

/** The scheduled works as they are shown before anything of them is known, with how often each runs. */
export const CRONS: readonly { readonly name: CronName; readonly every: string }[] = [
  { name: "sweep", every: "every minute" },
  { name: "reconcile", every: "every 5 min" },
  { name: "uploads", every: "every 5 min" },
  { name: "expire", every: "hourly" },
  { name: "usage", every: "hourly" },
  { name: "audit_heads", every: "hourly" },
  { name: "retention", every: "nightly, from 03:10 UTC" },
  { name: "trash", every: "nightly, from 03:10 UTC" },
  { name: "orphans", every: "nightly, from 03:10 UTC" },
  { name: "checksums", every: "nightly, from 03:10 UTC" },
  { name: "partitions", every: "nightly, from 03:10 UTC" },
  { name: "digest", every: "daily, 07:00 UTC" },
];

/** `audit_heads` as it is read: `audit heads`. */
export function cronTitle(name: CronName): string {
  return name.replaceAll("_", " ");
}

/** What a run found and did: `lost hang ups: 1, resent: 3`; what came to nothing is left out. */
export function resultWords(result: Readonly<Record<string, number>> | null): string {
  const counts = Object.entries(result ?? {}).filter(([, count]) => count !== 0);
  if (counts.length === 0) return "nothing to do";
  return counts.map(([what, count]) => `${spaced(what)}: ${count}`).join(", ");
}

/** How far a job is, in its own unit; null where it does not tell. */
export function progressWords({ progress }: Pick<JobView, "progress">): string | null {
  if (progress === null) return null;
  const { done, total, unit } = progress;
  if (unit === "bytes") return total === null ? shortBytes(done) : `${shortBytes(done)} of ${shortBytes(total)}`;
  const one = unit.slice(0, -1);
  return total === null ? counted(done, one, unit) : `${grouped(done)} of ${counted(total, one, unit)}`;
}

function grouped(count: number): string {
  return new Intl.NumberFormat(displayLocale()).format(count);
}

/** `lostHangUps` and `ended_job` as words. */
function spaced(name: string): string {
  return name
    .replaceAll("_", " ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}
