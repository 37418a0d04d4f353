import { JOB_CATALOGUE, type JobRecord, type JobRepository } from "@earwitness/core";
import { and, asc, eq, inArray, lte, or, type SQL, sql } from "drizzle-orm";
import { jobs, outbox } from "../schema/index.ts";
import { inWorkspace, type Scope } from "../scope.ts";
import { amongPicked } from "./among-picked.ts";

export function jobRepository(scope: Scope): JobRepository {
  const { db, clock, newId } = scope;
  const own = inWorkspace(scope, jobs.workspaceId);

  /** Changes the job while the attempt is still ours: the attempt's number is the token that a later holder has raised. */
  async function whileOurs(job: JobRecord, changes: Partial<typeof jobs.$inferInsert>): Promise<boolean> {
    const changed = await db
      .update(jobs)
      .set(changes)
      .where(and(eq(jobs.id, job.id), eq(jobs.state, "running"), eq(jobs.attempts, job.attempts), own))
      .returning({ id: jobs.id });
    return changed.length > 0;
  }

  return {
    async add(job) {
      const [added] = await db
        .insert(jobs)
        .values({ id: newId("job"), ...job, runAfter: clock.now(), createdAt: clock.now() })
        .onConflictDoNothing({ target: jobs.key })
        .returning({ id: jobs.id });
      if (added === undefined) {
        const [first] = await db.select({ id: jobs.id }).from(jobs).where(eq(jobs.key, job.key));
        if (first === undefined) throw new Error(`The job ${job.key} belongs to another workspace.`);
        return first.id;
      }
      await db.insert(outbox).values({
        id: newId("outbox"),
        workspaceId: job.workspaceId,
        kind: "job",
        payload: { jobId: added.id, queue: JOB_CATALOGUE[job.kind].queue },
        nextAttemptAt: clock.now(),
      });
      return added.id;
    },
    async markEnqueued(ids, at) {
      if (ids.length === 0) return;
      await db
        .update(jobs)
        .set({ enqueuedAt: at })
        .where(and(inArray(jobs.id, [...ids]), own));
    },
    async lease(id, { now, leasedUntil }) {
      const isFree: SQL | undefined = or(
        and(eq(jobs.state, "queued"), lte(jobs.runAfter, now)),
        and(eq(jobs.state, "running"), lte(jobs.leasedUntil, now)),
      );
      // Two that ask at once: the second waits for the first row version, finds it leased, and gets nothing.
      const [free] = await db
        .select({ attempts: jobs.attempts })
        .from(jobs)
        .where(and(eq(jobs.id, id), isFree, own))
        .for("update");
      if (free === undefined) return null;
      const [leased] = await db
        .update(jobs)
        .set({ state: "running", attempts: free.attempts + 1, leasedUntil })
        .where(eq(jobs.id, id))
        .returning();
      return leased ?? null;
    },
    renew: (job, leasedUntil) => whileOurs(job, { leasedUntil }),
    finish: (job, at) => whileOurs(job, { state: "done", finishedAt: at, leasedUntil: null, lastError: null }),
    retryLater: (job, runAfter, lastError) =>
      whileOurs(job, { state: "queued", runAfter, lastError, leasedUntil: null, enqueuedAt: runAfter }),
    bury: (job, lastError) => whileOurs(job, { state: "dead", finishedAt: clock.now(), lastError, leasedUntil: null }),
    async claimForgotten({ now, enqueuedBefore, limit }) {
      const isForgotten = or(
        and(
          eq(jobs.state, "queued"),
          lte(jobs.runAfter, now),
          lte(sql`coalesce(${jobs.enqueuedAt}, ${jobs.createdAt})`, enqueuedBefore.toISOString()),
        ),
        and(eq(jobs.state, "running"), lte(jobs.leasedUntil, now)),
      );
      const picked = db
        .select({ id: jobs.id })
        .from(jobs)
        .where(and(isForgotten, own))
        .orderBy(asc(jobs.runAfter))
        .limit(limit)
        .for("update", { skipLocked: true });
      const claimed = await db
        .update(jobs)
        .set({ enqueuedAt: now })
        .where(amongPicked(jobs.id, picked))
        .returning({ id: jobs.id, kind: jobs.kind });
      return claimed.map(({ id, kind }) => ({ id, queue: JOB_CATALOGUE[kind].queue }));
    },
  };
}
