import type { CronRunRepository } from "@earwitness/core";
import { eq, sql } from "drizzle-orm";
import { cronPositions, cronRuns, jobFailures } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function cronRunRepository({ db, clock, newId }: Scope): CronRunRepository {
  return {
    async begin(run) {
      const id = newId("cronRun");
      await db.insert(cronRuns).values({ id, ...run, startedAt: clock.now(), state: "running" });
      return id;
    },
    async finish(id, end) {
      await db
        .update(cronRuns)
        .set({ ...end, finishedAt: clock.now() })
        .where(eq(cronRuns.id, id));
    },
    async position(name) {
      const [row] = await db.select().from(cronPositions).where(eq(cronPositions.name, name));
      return row?.position ?? null;
    },
    async move(name, position) {
      const values = { position, updatedAt: clock.now() };
      await db
        .insert(cronPositions)
        .values({ name, ...values })
        .onConflictDoUpdate({ target: cronPositions.name, set: values });
    },
    async keepPartitions(asOf, { monthsAhead, daysKept }) {
      // Of two at once the second would make or drop what the first has: it waits, while rows are added and read as ever.
      await db.execute(sql`lock table only ${jobFailures} in share update exclusive mode`);
      const { rows } = await db.execute<{ made: number; dropped: number }>(
        sql`select made, dropped from keep_job_failure_partitions(${asOf.toISOString()}::timestamptz, ${monthsAhead}, ${daysKept})`,
      );
      const [kept] = rows;
      return { made: kept?.made ?? 0, dropped: kept?.dropped ?? 0 };
    },
  };
}
