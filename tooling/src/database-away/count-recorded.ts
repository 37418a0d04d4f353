import { withClient } from "@earwitness/local-postgres";
import { z } from "zod";

const RecordedCounts = z.object({
  /** Calls that are over, with their audio stored and their words there. */
  whole: z.int(),
  recordings: z.int(),
  transcripts: z.int(),
  /** Different notices of the carrier's. */
  carrierNotices: z.int(),
  /** Jobs that nobody attends to any more. */
  deadJobs: z.int(),
});
export type RecordedCounts = z.infer<typeof RecordedCounts>;

/** What the record has of the calls with these ids of the carrier's, past its walls. */
export async function countRecorded(databaseUrl: string, sessions: readonly string[]): Promise<RecordedCounts> {
  return withClient(databaseUrl, async (client) => {
    // The tables' owner meets their row-level security too.
    await client.query("begin");
    await client.query("select set_config('app.actor', 'system', true)");
    const { rows } = await client.query(
      `with ours as (select * from calls where carrier_session_id = any($1))
       select
         (select count(*)::int from ours
          where state = 'ended' and recording_state = 'stored' and transcript_state = 'ready') as whole,
         (select count(*)::int from recordings where call_id in (select id from ours)) as recordings,
         (select count(*)::int from transcripts where call_id in (select id from ours)) as transcripts,
         (select count(distinct event_id)::int from inbound_notices
          where vendor = 'telnyx' and room in (select room from ours)) as "carrierNotices",
         (select count(*)::int from jobs where state = 'dead') as "deadJobs"`,
      [sessions],
    );
    await client.query("commit");
    return RecordedCounts.parse(rows[0]);
  });
}
