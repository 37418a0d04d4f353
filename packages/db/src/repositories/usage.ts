import type { UsageRepository } from "@earwitness/core";
import { eq, sql } from "drizzle-orm";
import { calls, cronPositions, mails, recordings, transcripts, usageDays, usageHours } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

/** The row by which two that sum up at once wait for each other. */
const NAME = "usage";

export function usageRepository({ db, clock }: Scope): UsageRepository {
  return {
    async countedUntil() {
      const [row] = await db.select().from(cronPositions).where(eq(cronPositions.name, NAME));
      return row?.position ? new Date(row.position) : null;
    },
    async rollUp({ from, until }) {
      const updatedAt = clock.now();
      await db
        .insert(cronPositions)
        .values({ name: NAME, position: until.toISOString(), updatedAt })
        .onConflictDoUpdate({ target: cronPositions.name, set: { position: until.toISOString(), updatedAt } });
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
