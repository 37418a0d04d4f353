import { JOB_CATALOGUE, type JobKind } from "@earwitness/core";
import { JobId, JobState, uuidOf } from "@earwitness/shared";
import { z } from "zod";
import type { useTimedDatabase } from "../support/use-timed-database.ts";
import type { JobRow } from "./reference.ts";
import type { World } from "./world.ts";

type Rows = Pick<ReturnType<typeof useTimedDatabase>, "rows">;

const instant = z.date().transform((at) => at.getTime());
const JobColumns = z.object({
  uuid: z.string(),
  key: z.string(),
  kind: z.custom<JobKind>((kind) => typeof kind === "string" && kind in JOB_CATALOGUE),
  state: JobState,
  attempts: z.int(),
  startedAt: instant.nullable(),
  runAfter: instant,
  leasedUntil: instant.nullable(),
  enqueuedAt: instant,
  isCancelling: z.boolean(),
});

/** Every job there is, by its UUID. */
export async function readJobs(database: Rows): Promise<Map<string, JobRow>> {
  const rows = await database.rows(
    `select id as uuid, key, kind, state, attempts, started_at as "startedAt", run_after as "runAfter", leased_until as "leasedUntil",
      coalesce(enqueued_at, created_at) as "enqueuedAt", cancel_requested_at is not null as "isCancelling" from jobs`,
  );
  const jobs = z.array(JobColumns).parse(rows);
  return new Map(jobs.map(({ kind, ...job }) => [job.uuid, { ...job, maxAttempts: JOB_CATALOGUE[kind].maxAttempts }]));
}

/** Jobs that wait for their first message with nothing that would send it but the last of all nets. */
export async function neverSent(database: Rows): Promise<string[]> {
  const waiting = await database.rows("select id, key from jobs where state = 'queued' and enqueued_at is null");
  const effects = await database.rows("select payload->>'jobId' as job from outbox where kind = 'job'");
  const coming = new Set(
    z
      .array(z.object({ job: JobId }))
      .parse(effects)
      .map(({ job }) => uuidOf(job)),
  );
  const jobs = z.array(z.object({ id: z.string(), key: z.string() })).parse(waiting);
  return jobs.filter(({ id }) => !coming.has(id)).map(({ key }) => key);
}

const CallColumns = z.object({
  room: z.string(),
  state: z.string(),
  recordingState: z.string().nullable(),
  transcriptState: z.string().nullable(),
  recordings: z.int(),
  transcripts: z.int(),
  facts: z.int(),
});

/** What the record says of each call, in a line. */
async function readCalls(database: Rows, world: World): Promise<Map<string, string>> {
  const rows = await database.rows(
    `select room, state, recording_state as "recordingState", transcript_state as "transcriptState",
      (select count(*)::int from recordings where call_id = calls.id) as recordings,
      (select count(*)::int from transcripts where call_id = calls.id) as transcripts,
      (select count(*)::int from call_facts where call_id = calls.id) as facts
     from calls where workspace_id = $1`,
    [uuidOf(world.workspaceId)],
  );
  return new Map(
    z
      .array(CallColumns)
      .parse(rows)
      .map((call) => [call.room, line(call)]),
  );
}

function line(call: Omit<z.infer<typeof CallColumns>, "room">): string {
  const { state, recordingState, transcriptState, recordings, transcripts, facts } = call;
  return `${state}, ${recordings} recordings ${recordingState}, ${transcripts} transcripts ${transcriptState}, ${facts} facts`;
}

/**
 * What is not as it must be when nothing is under way any more: each call over and told as its room told it; audio where the carrier
 * really recorded, once, transcribed and billed once; no job and no effect that nobody attends to. Empty when the books balance.
 */
export async function audit(database: Rows, world: World): Promise<string[]> {
  const problems: string[] = [];
  const must = (what: string, is: unknown, wanted: unknown) => {
    if (is !== wanted) problems.push(`${what}: ${is}, must be ${wanted}`);
  };
  const calls = await readCalls(database, world);
  const begun = world.rooms.filter(({ callId }) => callId !== null);
  must("calls", calls.size, begun.length);
  for (const { name, facts, carrier } of begun) {
    const [count, recorded, transcribed] = carrier.isRecorded ? [1, "stored", "ready"] : [0, null, null];
    const told = { state: "ended", recordingState: recorded, transcriptState: transcribed, facts: facts.length };
    must(name, calls.get(name), line({ ...told, recordings: count, transcripts: count }));
  }
  const recorded = begun.filter(({ carrier }) => carrier.isRecorded).length;
  must("transcribed", world.vendors.billed.size, recorded);
  must("objects", world.vendors.writes.size, 2 * recorded);
  for (const [path, times] of world.vendors.billed) must(`${path} billed`, times, 1);
  for (const [key, times] of world.vendors.writes) must(`${key} written`, times, 1);
  const jobs = [...(await readJobs(database)).values()];
  const ofKind = (kind: string) => jobs.filter(({ key }) => key.startsWith(`${kind}/`)).length;
  must("jobs to store", ofKind("recording.store"), recorded);
  must("jobs to transcribe", ofKind("transcript.request"), recorded);
  must("jobs asked for", ofKind(world.workspaceId), world.asked.size);
  for (const { key, state, isCancelling } of jobs) {
    if (!(isCancelling && state === "cancelled")) must(`the job ${key}`, state, "done");
  }
  must("outbox", (await database.rows("select 1 from outbox")).length, 0);
  return problems;
}
