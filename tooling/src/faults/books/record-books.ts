import { withClient } from "@earwitness/local-postgres";
import type { ClientBase } from "pg";
import { z } from "zod";

const instant = z.date().nullable();

const Call = z.object({
  id: z.string(),
  room: z.string(),
  direction: z.enum(["inbound", "outbound"]),
  carrier_session_id: z.string().nullable(),
  from_address: z.string(),
  to_address: z.string(),
  state: z.string(),
  answered_at: instant,
  recording_started_at: instant,
  ended_at: instant,
  duration_ms: z.number().nullable(),
  hangup_cause: z.string().nullable(),
  not_recorded_reason: z.string().nullable(),
  recording_state: z.string().nullable(),
  transcript_state: z.string().nullable(),
});

const Recording = z.object({
  id: z.string(),
  call_id: z.string(),
  state: z.string(),
  source: z.string(),
  carrier_recording_id: z.string().nullable(),
  started_at: instant,
  ended_at: instant,
  duration_ms: z.number().nullable(),
  size_bytes: z.coerce.number().nullable(),
  sha256: z.string().nullable(),
  r2_key: z.string().nullable(),
  peaks_key: z.string().nullable(),
  carrier_deleted_at: instant,
});

const Transcript = z.object({
  id: z.string(),
  call_id: z.string(),
  recording_id: z.string(),
  state: z.string(),
  vendor_transcription_id: z.string().nullable(),
  said: z.string(),
});

/** The rows that a statement finds, in the shape that the audit needs them. */
function table<Row>(row: z.ZodType<Row>, sql: string) {
  return async (client: ClientBase): Promise<Row[]> => {
    const { rows } = await client.query(sql);
    return z.array(row).parse(rows);
  };
}

/** Every table that the audit reads, with the columns that it needs. */
const TABLES = {
  calls: table(
    Call,
    `select id, room, direction, carrier_session_id, from_address, to_address, state, answered_at, recording_started_at, ended_at,
            duration_ms, hangup_cause, not_recorded_reason, recording_state, transcript_state from calls`,
  ),
  recordings: table(
    Recording,
    `select id, call_id, state, source, carrier_recording_id, started_at, ended_at, duration_ms, size_bytes, sha256, r2_key,
            peaks_key, carrier_deleted_at from recordings`,
  ),
  transcripts: table(
    Transcript,
    `select t.id, t.call_id, t.recording_id, t.state, t.vendor_transcription_id,
            coalesce((select string_agg(u.text, ' ' order by u.ordinal) from utterances u where u.transcript_id = t.id), '') as said
          from transcripts t`,
  ),
  chunks: table(z.object({ call_id: z.string(), r2_key: z.string() }), "select call_id, r2_key from recording_chunks"),
  gaps: table(
    z.object({ call_id: z.string(), kind: z.string(), start_ms: z.number(), end_ms: z.number() }),
    "select call_id, kind, start_ms, end_ms from call_gaps",
  ),
  // Numbers from 1 without a hole, each once: that is what a cursor promises.
  rooms: table(
    z.object({
      room: z.string(),
      projected_n: z.number(),
      facts: z.coerce.number(),
      last_n: z.number().nullable(),
    }),
    `select c.room, c.projected_n, count(f.n) as facts, max(f.n) as last_n
          from room_cursors c left join call_facts f on f.room = c.room group by c.room, c.projected_n`,
  ),
  /** Facts that tell the same thing once more. */
  repeatedFacts: table(
    z.object({ room: z.string(), type: z.string(), times: z.coerce.number() }),
    `select room, type, count(*) as times from call_facts where type in ('call.started', 'recording.saved', 'notice.kept')
          group by room, type, fact -> 'notice' ->> 'eventId', fact -> 'carrierRecordingId' having count(*) > 1`,
  ),
  notices: table(
    z.object({ room: z.string(), event_id: z.string(), vendor: z.string(), call_id: z.string().nullable() }),
    "select room, event_id, vendor, call_id from inbound_notices",
  ),
  unrouted: table(z.object({ from_address: z.string() }), "select from_address from unrouted_calls"),
  jobs: table(
    z.object({
      id: z.string(),
      kind: z.string(),
      key: z.string(),
      state: z.string(),
      attempts: z.number(),
      last_error: z.unknown(),
    }),
    "select id, kind, key, state, attempts, last_error from jobs",
  ),
  outbox: table(
    z.object({ id: z.string(), kind: z.string(), attempts: z.number(), last_error: z.string().nullable() }),
    "select id, kind, attempts, last_error from outbox",
  ),
  deadLetters: table(
    z.object({ queue: z.string(), reason: z.string(), body: z.unknown() }),
    "select queue, reason, body from dead_letters",
  ),
  usage: table(
    z.object({ metric: z.string(), quantity: z.coerce.number() }),
    "select metric, sum(quantity) as quantity from usage_hours group by metric",
  ),
  mails: table(
    z.object({
      id: z.string(),
      kind: z.string(),
      to_address: z.string(),
      state: z.string(),
      provider_mail_id: z.string().nullable(),
    }),
    "select id, kind, to_address, state, provider_mail_id from mails",
  ),
};

type Table = keyof typeof TABLES;
export type Row<T extends Table> = Awaited<ReturnType<(typeof TABLES)[T]>>[number];
export type RecordBooks = { readonly [T in Table]: readonly Row<T>[] };

/** Reads the record as its owner, past every wall between workspaces. */
export async function readRecordBooks(databaseUrl: string): Promise<RecordBooks> {
  return withClient(databaseUrl, async (client) => {
    await client.query("select set_config('app.actor', 'system', false)");
    return {
      calls: await TABLES.calls(client),
      recordings: await TABLES.recordings(client),
      transcripts: await TABLES.transcripts(client),
      chunks: await TABLES.chunks(client),
      gaps: await TABLES.gaps(client),
      rooms: await TABLES.rooms(client),
      repeatedFacts: await TABLES.repeatedFacts(client),
      notices: await TABLES.notices(client),
      unrouted: await TABLES.unrouted(client),
      jobs: await TABLES.jobs(client),
      outbox: await TABLES.outbox(client),
      deadLetters: await TABLES.deadLetters(client),
      usage: await TABLES.usage(client),
      mails: await TABLES.mails(client),
    };
  });
}

/** How much the record itself says is still to be done: nothing, when it has come to rest. */
export async function countUndone(databaseUrl: string): Promise<Record<string, number>> {
  const Counts = z.array(z.object({ what: z.string(), undone: z.coerce.number() }));
  return withClient(databaseUrl, async (client) => {
    await client.query("select set_config('app.actor', 'system', false)");
    const { rows } = await client.query(`
      select 'calls on the line' as what, count(*) as undone from calls where state <> 'ended'
      union all select 'recordings awaited', count(*) from calls where recording_state in ('recording', 'awaited', 'storing')
      union all select 'transcripts', count(*) from calls where transcript_state in ('waiting', 'transcribing')
      union all select 'live moments', count(*) from calls c where c.live_ended_at is null
        and exists (select from recording_chunks k where k.call_id = c.id)
      union all select 'jobs', count(*) from jobs where state in ('queued', 'running')
      union all select 'outbox rows', count(*) from outbox
      union all select 'mails', count(*) from mails where state = 'queued'`);
    return Object.fromEntries(Counts.parse(rows).map(({ what, undone }) => [what, undone]));
  });
}
