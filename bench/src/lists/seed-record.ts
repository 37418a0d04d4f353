import { withClient } from "@earwitness/local-postgres";
import { newId, type UserId, uuidOf, type WorkspaceId } from "@earwitness/shared";

/** Words by which the searches of the bench look, and how many of the lines have them. */
export const SPOKEN = {
  /** In every tenth line. */
  common: "order",
  /** In every hundredth. */
  middling: "invoice",
  /** In so many lines, however many there are. */
  rare: "rebate",
  rareLines: 20,
  /** In every thousandth, one after the other. */
  phrase: "flame sensor",
} as const;

/** Of a user's own calls there are so many, however many the workspace has. */
const OWN_CALLS = 500;
/** Made by as many connections at once as the machine the bench is written for has processors. */
const SEEDERS = 2;
const WORDS_OF_LINE = 10;

export interface SeededRecord {
  readonly workspaceId: WorkspaceId;
  /** An agent who has placed some calls of all ages. */
  readonly agentId: UserId;
}

/**
 * Fills a migrated, empty database with ended calls, one every 30 s up to now, each with a recording and a transcript of one line. Words
 * are drawn as often as words are: the hundredth of them are half of what is said. Written as the tables' superuser, past triggers and keys,
 * in the order of time, as they come to be.
 */
export async function seedRecord(adminUrl: string, calls: number): Promise<SeededRecord> {
  const [workspaceId, agentId] = [newId("workspace"), newId("user")];
  const workspace = uuidOf(workspaceId);
  const once = (statement: string, values: unknown[] = []) =>
    withClient(adminUrl, (client) => client.query(statement, values));
  await once("insert into workspaces (id, name) values ($1, 'Bench')", [workspace]);
  await once("drop index spoken_lines_words_idx");
  const share = Math.ceil(calls / SEEDERS);
  const parts = Array.from({ length: SEEDERS }, (_, i) => [i * share + 1, Math.min(calls, (i + 1) * share)] as const);
  await Promise.all(parts.map((part) => seedPart(adminUrl, { workspace, agent: agentId, calls, part })));
  await once(
    "set maintenance_work_mem = '1GB'; create index spoken_lines_words_idx on spoken_lines using gin (words) with (fastupdate = off)",
  );
  for (const table of ["calls", "recordings", "transcripts", "utterances", "spoken_lines"])
    await once(`vacuum (analyze) ${table}`);
  return { workspaceId, agentId };
}

interface Part {
  workspace: string;
  agent: string;
  calls: number;
  /** The first and the last number. */
  part: readonly [number, number];
}

/** Ids that sort by time and tell the call's number, so that rows of other tables find each other without a join. */
const idOf = (kind: string) =>
  `(lpad(to_hex(1700000000000 + n), 12, '0') || '7' || '${kind}' || '8' || substr(md5(n::text), 1, 15))::uuid`;
const [CALL, RECORDING, TRANSCRIPT, UTTERANCE] = [idOf("001"), idOf("002"), idOf("003"), idOf("004")];

async function seedPart(adminUrl: string, { workspace, agent, calls, part }: Part): Promise<void> {
  const numbers = `generate_series(${part[0]}, ${part[1]}) n`;
  const at = `now() - make_interval(secs => 30.0 * (${calls} - n))`;
  const every = (count: number, words: string) =>
    `case when hashint4(n + ${count}) % ${count} = 0 then array[${words}] end`;
  const quoted = (words: string) =>
    words
      .split(" ")
      .map((word) => `'${word}'`)
      .join(", ");
  await withClient(adminUrl, async (client) => {
    await client.query("set session_replication_role = replica");
    await client.query("set synchronous_commit = off");
    await client.query("select set_config('app.actor', 'system', false)");
    await client.query(`
      insert into calls (id, workspace_id, room, direction, carrier, from_address, to_address, placed_by, state, started_at, answered_at,
        ended_at, duration_ms, hangup_cause, recording_state, transcript_state, language)
      select ${CALL}, '${workspace}', 'bench/' || n, case n % 3 when 0 then 'outbound' else 'inbound' end, 'telnyx',
        '+1415555' || lpad((n % 5000)::text, 4, '0'), '+12125550' || lpad((n % 100)::text, 3, '0'),
        case when n % ${Math.ceil(calls / OWN_CALLS)} = 0 then '${agent}' end, 'ended', ${at}, ${at}, ${at} + interval '5 s', 5000, 'completed',
        'stored', 'ready', 'en'
      from ${numbers}`);
    await client.query(`
      insert into recordings (id, workspace_id, call_id, state, carrier, carrier_leg_id, saved_at, format, channels, caller_channel, duration_ms)
      select ${RECORDING}, '${workspace}', ${CALL}, 'stored', 'telnyx', 'leg', ${at}, 'wav', 2, 1, 5000 from ${numbers}`);
    await client.query(`
      insert into transcripts (id, workspace_id, call_id, recording_id, version, state, vendor, language, word_count, created_at)
      select ${TRANSCRIPT}, '${workspace}', ${CALL}, ${RECORDING}, 1, 'ready', 'assemblyai', 'en', ${WORDS_OF_LINE}, ${at} from ${numbers}`);
    await client.query(`
      insert into utterances (id, workspace_id, transcript_id, ordinal, speaker, channel, start_ms, end_ms, confidence, text, words)
      select ${UTTERANCE}, '${workspace}', ${TRANSCRIPT}, 0, '1', 1 + n % 2, 0, 5000, 0.9, array_to_string(said, ' '),
        (select jsonb_agg(jsonb_build_object('text', word, 'startMs', 400 * i, 'endMs', 400 * i + 350, 'confidence', 0.9)) from unnest(said) with ordinality w (word, i))
      from ${numbers}, lateral (
        select array_agg(chr(97 + k % 26) || to_hex(k * 7919 % 65536) || 'ing') || ${every(10, quoted(SPOKEN.common))} || ${every(100, quoted(SPOKEN.middling))}
          || ${every(1000, quoted(SPOKEN.phrase))} || case when n % ${Math.ceil(calls / SPOKEN.rareLines)} = 0 then array['${SPOKEN.rare}'] end as said
        from (select floor(20000 * power(random(), 7))::integer k from generate_series(1, ${WORDS_OF_LINE} + 0 * n)) drawn
      ) spoken`);
    for (let from = part[0]; from <= part[1]; from += LINES_AT_ONCE) {
      const some = `generate_series(${from}, ${Math.min(part[1], from + LINES_AT_ONCE - 1)}) n`;
      await client.query(`select write_spoken_lines(array(select ${CALL} from ${some}))`);
    }
  });
}

const LINES_AT_ONCE = 5_000;
