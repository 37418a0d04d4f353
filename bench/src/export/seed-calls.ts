import { withClient } from "@earwitness/local-postgres";

const ROWS_AT_ONCE = 100_000;

/** Gives the one workspace of the record so many calls that are over, one a second up to now. As the server's superuser. */
export async function seedCalls(adminUrl: string, count: number): Promise<void> {
  await withClient(adminUrl, async (client) => {
    for (let from = 1; from <= count; from += ROWS_AT_ONCE) {
      await client.query(
        `insert into calls (id, workspace_id, room, direction, carrier, from_address, to_address, state, started_at, answered_at,
           ended_at, duration_ms, hangup_cause, recording_state, transcript_state, first_line, language)
         select gen_random_uuid(), (select id from workspaces), 'bench/' || n, 'inbound', 'telnyx',
           '+1415555' || lpad((n % 10000)::text, 4, '0'), '+12125550100', 'ended', at, at, at + interval '5 s', 5000,
           'completed', 'stored', 'ready', '=1+1, she said, "and a comma"', 'en'
         from generate_series($1::int, $2::int) n, lateral (select now() - make_interval(secs => $3::int - n) as at) times`,
        [from, Math.min(count, from + ROWS_AT_ONCE - 1), count],
      );
    }
    await client.query("analyze calls");
  });
}
