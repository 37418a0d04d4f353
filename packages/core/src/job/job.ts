import {
  CallId,
  CronName,
  ExportId,
  ImportId,
  MailId,
  RecordingId,
  TranscriptId,
  UploadId,
  WorkspaceId,
} from "@earwitness/shared";
import { z } from "zod";
import type { VendorName } from "../vendor/vendor-name.ts";

/** The queues of jobs, by pace and vendor. How many of each run at once stands with its consumer, in the jobs worker's wrangler.toml. */
export const QueueName = z.enum(["recordings", "transcripts", "mail", "bulk"]);
export type QueueName = z.infer<typeof QueueName>;

const MINUTE_MS = 60_000;

/** How one kind of job is run. */
export interface JobEntry<P extends z.ZodType = z.ZodType> {
  /** Ids only: the handler reads the rows as they are when it runs. */
  readonly payload: P;
  /** The queue whose pace fits it, and whose concurrency it shares. */
  readonly queue: QueueName;
  /** An attempt that takes longer has failed. A queue's consumer may run for 15 minutes. */
  readonly timeLimitMs: number;
  /** After this many it is given up until a person asks again. */
  readonly maxAttempts: number;
  /** Whose requests it makes: it waits while there are too many, or while that vendor is let alone. */
  readonly vendor?: VendorName;
  /** Nobody cancels it: what it does has been promised, and nothing else would do it. */
  readonly isPromised?: true;
  /** Nobody cancels it while it runs: what it does cannot be called back, and would be done all the same. */
  readonly isBeyondRecall?: true;
}

function entry<P extends z.ZodType>(job: JobEntry<P>): JobEntry<P> {
  return job;
}

/**
 * Every kind of slow work. With waits of ten minutes at most between them (see `run-job`), 40 attempts outlast an outage
 * of a vendor of about three hours.
 */
export const JOB_CATALOGUE = {
  "recording.store": entry({
    payload: z.object({ recordingId: RecordingId }),
    queue: "recordings",
    timeLimitMs: 14 * MINUTE_MS,
    maxAttempts: 40,
    vendor: "telnyx",
  }),
  // Of what is with us already, an upload or live chunks. Rows of versions before this kind was are of the one above, and come to the same.
  "recording.store_own": entry({
    payload: z.object({ recordingId: RecordingId }),
    queue: "recordings",
    timeLimitMs: 14 * MINUTE_MS,
    maxAttempts: 40,
  }),
  "recording.delete_carrier_copy": entry({
    payload: z.object({ recordingId: RecordingId }),
    queue: "bulk",
    timeLimitMs: MINUTE_MS,
    maxAttempts: 40,
    vendor: "telnyx",
  }),
  "transcript.request": entry({
    payload: z.object({ transcriptId: TranscriptId }),
    queue: "transcripts",
    timeLimitMs: MINUTE_MS,
    maxAttempts: 40,
    vendor: "assemblyai",
  }),
  "transcript.collect": entry({
    payload: z.object({ transcriptId: TranscriptId, vendorTranscriptionId: z.string() }),
    queue: "transcripts",
    timeLimitMs: 2 * MINUTE_MS,
    maxAttempts: 40,
    vendor: "assemblyai",
  }),
  // Whoever waits for a mail waits for minutes: half an hour of attempts, and it is given up.
  "mail.send": entry({
    payload: z.object({ mailId: MailId }),
    queue: "mail",
    timeLimitMs: MINUTE_MS,
    maxAttempts: 12,
    vendor: "mail",
    isBeyondRecall: true,
  }),
  // Two gigabytes are read twice: once to look at them, once to move them.
  "upload.check": entry({
    payload: z.object({ uploadId: UploadId }),
    queue: "recordings",
    timeLimitMs: 14 * MINUTE_MS,
    maxAttempts: 20,
  }),
  "digest.make": entry({
    // The week by the date of its Monday.
    payload: z.object({ workspaceId: WorkspaceId, week: z.iso.date() }),
    queue: "bulk",
    timeLimitMs: MINUTE_MS,
    maxAttempts: 20,
  }),
  // Of a call of a day these are thousands of objects, a thousand at a time.
  "call.purge_objects": entry({
    payload: z.object({ callId: CallId }),
    queue: "bulk",
    timeLimitMs: 5 * MINUTE_MS,
    maxAttempts: 40,
    // The call says that they are gone, and the storage's own check takes them for awaited until they are.
    isPromised: true,
  }),
  // A step writes one part of some megabytes; a report of the longest call takes minutes to set.
  "export.write": entry({
    payload: z.object({ exportId: ExportId }),
    queue: "bulk",
    timeLimitMs: 10 * MINUTE_MS,
    maxAttempts: 20,
  }),
  // A step takes a dozen files; the largest of them are read twice.
  "import.take": entry({
    payload: z.object({ importId: ImportId }),
    queue: "bulk",
    timeLimitMs: 14 * MINUTE_MS,
    maxAttempts: 20,
  }),
  "numbers.sync": entry({
    payload: z.object({ workspaceId: WorkspaceId }),
    queue: "bulk",
    timeLimitMs: MINUTE_MS,
    maxAttempts: 10,
    vendor: "telnyx",
  }),
  // Somebody looks on, who sees that it failed and may have it run again.
  "cron.run": entry({
    payload: z.object({ name: CronName, requestedBy: z.string() }),
    queue: "bulk",
    timeLimitMs: 3 * MINUTE_MS,
    maxAttempts: 1,
  }),
} as const;

export type JobKind = keyof typeof JOB_CATALOGUE;

const BY_KIND: ReadonlyMap<string, JobEntry> = new Map(Object.entries(JOB_CATALOGUE));

/**
 * How jobs of a kind are run; null for a kind that is not known here. Rows of such kinds are there when an earlier version follows
 * a later one: they wait for that to come back.
 */
export function jobEntryOf(kind: string): JobEntry | null {
  return BY_KIND.get(kind) ?? null;
}

/** Why nobody can do anything with a job of a kind that is not known here. */
export function unknownKindReason(kind: string): string {
  return `This version does not know jobs of the kind ${kind}. Deploy the one that does.`;
}

export type JobPayload<K extends JobKind> = z.infer<(typeof JOB_CATALOGUE)[K]["payload"]>;
