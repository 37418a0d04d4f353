import type { UsageRepository } from "@earwitness/core";
import { sql } from "drizzle-orm";
import { calls, mails, recordings, transcripts, usageDays, usageHours } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function usageRepository({ db }: Scope): UsageRepository {
  return {
    async rollUp({ from, until }) {
      const [begin, end] = [sql`${from.toISOString()}::timestamptz`, sql`${until.toISOString()}::timestamptz`];
      const hourOf = (instant: unknown) => sql`date_trunc('hour', ${instant}, 'UTC')`;
      const within = (instant: unknown) => sql`${instant} >= ${begin} and ${instant} < ${end}`;
      await db.execute(sql`delete from ${usageHours} where ${usageHours.hour} >= ${begin}`);
      const hours = await db.execute(sql`
        insert into ${usageHours} (workspace_id, hour, metric, quantity)
        select workspace_id, hour, metric, sum(quantity) from (
          select ${calls.workspaceId} as workspace_id, ${hourOf(calls.startedAt)} as hour,
            unnest(array['calls_' || ${calls.direction}, 'answered_ms_' || ${calls.direction}]) as metric,
            unnest(array[1, coalesce(${calls.durationMs}, 0)]::bigint[]) as quantity
          from ${calls}
          where ${calls.state} = 'ended' and ${calls.carrier} <> 'upload' and ${within(calls.startedAt)}
          union all
          select ${recordings.workspaceId}, ${hourOf(recordings.storedAt)},
            unnest(array['recorded_ms', 'stored_bytes']),
            unnest(array[coalesce(${recordings.durationMs}, 0), coalesce(${recordings.sizeBytes}, 0)]::bigint[])
          from ${recordings} where ${within(recordings.storedAt)}
          union all
          select ${transcripts.workspaceId}, ${hourOf(transcripts.completedAt)}, 'transcribed_ms', ${recordings.durationMs}
          from ${transcripts} join ${recordings} on ${recordings.id} = ${transcripts.recordingId}
          where ${transcripts.submittedAt} is not null and ${within(transcripts.completedAt)}
          union all
          select ${mails.workspaceId}, ${hourOf(mails.createdAt)}, 'mails_sent', 1
          from ${mails} where ${mails.state} = 'sent' and ${mails.workspaceId} is not null and ${within(mails.createdAt)}
        ) as used
        group by workspace_id, hour, metric having sum(quantity) > 0`);
      await db.execute(sql`delete from ${usageDays} where ${usageDays.day} >= ${begin}`);
      const days = await db.execute(sql`
        insert into ${usageDays} (workspace_id, day, metric, quantity)
        select workspace_id, date_trunc('day', hour, 'UTC'), metric, sum(quantity)
        from ${usageHours} where hour >= ${begin} group by 1, 2, 3`);
      return { hours: hours.rowCount ?? 0, days: days.rowCount ?? 0 };
    },
  };
}
