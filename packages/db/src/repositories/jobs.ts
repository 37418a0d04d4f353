import {
  type Actor,
  JOB_CATALOGUE,
  type JobError,
  type JobHold,
  type JobRecord,
  type JobRepository,
} from "@earwitness/core";
import { notFound, type PickJobs } from "@earwitness/shared";
import { and, asc, eq, inArray, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { jobFailures, jobs, outbox } from "../schema/index.ts";
import { inWorkspace, inWorkspaceOrNone, type Scope } from "../scope.ts";
import { amongPicked } from "./among-picked.ts";

export function jobRepository(scope: Scope): JobRepository {
  const { db, clock, newId } = scope;
  const own = inWorkspace(scope, jobs.workspaceId);
  const ownOrNobodys = inWorkspaceOrNone(scope, jobs.workspaceId);
  /** A later version may have left jobs that only it can run. They stay as they are. */
  const isKnown = inArray(sql`${jobs.kind}`, Object.keys(JOB_CATALOGUE));

  /**
   * Those statements touch the job that change it while the attempt is still ours. Its number is not enough to tell it from a later
   * one, which begins to count anew where the job goes on: but no two attempts have begun at the same time.
   */
  const isOurs = (job: JobRecord) =>
    and(
      eq(jobs.id, job.id),
      eq(jobs.state, "running"),
      eq(jobs.attempts, job.attempts),
      job.startedAt === null ? isNull(jobs.startedAt) : eq(jobs.startedAt, job.startedAt),
      own,
    );

  async function whileOurs(job: JobRecord, changes: Partial<typeof jobs.$inferInsert>): Promise<boolean> {
    const changed = await db.update(jobs).set(changes).where(isOurs(job)).returning({ id: jobs.id });
    return changed.length > 0;
  }

  async function hold(job: JobRecord, changes: Partial<typeof jobs.$inferInsert>): Promise<JobHold> {
    const [held] = await db
      .update(jobs)
      .set(changes)
      .where(isOurs(job))
      .returning({ cancelRequestedAt: jobs.cancelRequestedAt });
    return holdOf(held);
  }

  async function endFailed(
    job: JobRecord,
    error: JobError,
    changes: Partial<typeof jobs.$inferInsert>,
  ): Promise<boolean> {
    if (!(await whileOurs(job, { ...changes, lastError: error, leasedUntil: null }))) return false;
    await db.insert(jobFailures).values({
      jobId: job.id,
      workspaceId: job.workspaceId,
      attempt: error.attempt,
      at: new Date(error.at),
      code: error.code,
      message: error.message,
      vendor: error.vendor?.vendor ?? null,
      vendorStatus: error.vendor?.status ?? null,
      vendorRequestId: error.vendor?.requestId ?? null,
      vendorAnswer: error.vendor?.answer ?? null,
    });
    return true;
  }

  const messageFor = ({ id, workspaceId, kind }: Pick<JobRecord, "id" | "workspaceId" | "kind">) => ({
    id: newId("outbox"),
    workspaceId,
    kind: "job" as const,
    payload: { jobId: id, queue: JOB_CATALOGUE[kind].queue },
    nextAttemptAt: clock.now(),
  });

  return {
    async add(job) {
      const [added] = await db
        .insert(jobs)
        .values({
          requestedBy: nameOf(scope.actor),
          ...job,
          id: newId("job"),
          runAfter: clock.now(),
          createdAt: clock.now(),
        })
        .onConflictDoNothing({ target: jobs.key })
        .returning({ id: jobs.id });
      if (added === undefined) {
        const [first] = await db.select({ id: jobs.id }).from(jobs).where(eq(jobs.key, job.key));
        if (first === undefined) throw new Error(`The job ${job.key} belongs to another workspace.`);
        return first.id;
      }
      await db.insert(outbox).values(messageFor({ ...job, id: added.id }));
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
        .where(and(eq(jobs.id, id), isFree, isKnown, own))
        .for("update");
      if (free === undefined) return null;
      const [leased] = await db
        .update(jobs)
        .set({ state: "running", attempts: free.attempts + 1, leasedUntil, startedAt: now })
        .where(eq(jobs.id, id))
        .returning();
      return leased ?? null;
    },
    renew: (job, leasedUntil) => hold(job, { leasedUntil }),
    noteProgress: (job, { done, total, unit }) =>
      hold(job, { progressDone: done, progressTotal: total, progressUnit: unit }),
    async look(job) {
      const [seen] = await db.select({ cancelRequestedAt: jobs.cancelRequestedAt }).from(jobs).where(isOurs(job));
      return holdOf(seen);
    },
    finish: (job, at) => whileOurs(job, { state: "done", finishedAt: at, leasedUntil: null, lastError: null }),
    goOn: (job, at) =>
      whileOurs(job, { state: "queued", attempts: 0, runAfter: at, enqueuedAt: at, leasedUntil: null }),
    endCancelled: (job, at) => whileOurs(job, { state: "cancelled", finishedAt: at, leasedUntil: null }),
    giveBack: (job, runAfter) =>
      whileOurs(job, {
        state: "queued",
        attempts: job.attempts - 1,
        runAfter,
        enqueuedAt: runAfter,
        leasedUntil: null,
      }),
    retryLater: (job, runAfter, error) => endFailed(job, error, { state: "queued", runAfter, enqueuedAt: runAfter }),
    bury: (job, error) => endFailed(job, error, { state: "dead", finishedAt: clock.now() }),
    async lock(id) {
      const [job] = await db
        .select()
        .from(jobs)
        .where(and(eq(jobs.id, id), own))
        .for("update");
      if (job === undefined) throw notFound("The job");
      return job;
    },
    async requestCancel({ id }, at) {
      await db.update(jobs).set({ cancelRequestedAt: at }).where(eq(jobs.id, id));
    },
    async cancelWaiting({ id }, at) {
      await db
        .update(jobs)
        .set({ state: "cancelled", cancelRequestedAt: at, finishedAt: at })
        .where(and(eq(jobs.id, id), eq(jobs.state, "queued")));
    },
    async dead(pick, limit) {
      const found = await db
        .select({ id: jobs.id })
        .from(jobs)
        .where(and(isDead(pick), ownOrNobodys))
        .orderBy(asc(jobs.finishedAt), asc(jobs.id))
        .limit(limit);
      return found.map(({ id }) => id);
    },
    lockDead: (ids) =>
      db
        .select()
        .from(jobs)
        .where(and(inArray(jobs.id, [...ids]), eq(jobs.state, "dead"), ownOrNobodys))
        .orderBy(asc(jobs.id))
        .for("update"),
    async reopen(reopened, at) {
      const ids = reopened.map(({ id }) => id);
      await db
        .update(jobs)
        .set({
          state: "queued",
          attempts: 0,
          runAfter: at,
          enqueuedAt: null,
          finishedAt: null,
          startedAt: null,
          cancelRequestedAt: null,
          dismissedAt: null,
          progressDone: null,
          progressTotal: null,
          progressUnit: null,
        })
        .where(and(inArray(jobs.id, ids), eq(jobs.state, "dead"), ownOrNobodys));
      await db.insert(outbox).values(reopened.map(messageFor));
    },
    async dismiss(pick, at) {
      const dismissed = await db
        .update(jobs)
        .set({ dismissedAt: at })
        .where(and(isDead(pick), isNull(jobs.dismissedAt), ownOrNobodys))
        .returning({ id: jobs.id });
      return dismissed.map(({ id }) => id);
    },
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
        .where(and(isForgotten, isKnown, own))
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

function holdOf(held: { readonly cancelRequestedAt: Date | null } | undefined): JobHold {
  if (held === undefined) return "lost";
  return held.cancelRequestedAt === null ? "ours" : "cancelling";
}

/** Whoever acts, as the one who asks for what is added; null where it is nobody outside. */
function nameOf(actor: Actor): string | null {
  switch (actor.kind) {
    case "user":
    case "person":
      return actor.userId;
    case "apiKey":
      return actor.keyId;
    default:
      return null;
  }
}

function isDead(pick: PickJobs): SQL | undefined {
  const isDead = eq(jobs.state, "dead");
  if ("jobIds" in pick) return and(isDead, inArray(jobs.id, pick.jobIds));
  const { kind, code } = pick;
  const isOfCause = code === undefined ? undefined : sql`coalesce(${jobs.lastError} ->> 'code', 'internal') = ${code}`;
  // Whoever has dismissed one has said that it is none of the group's trouble any more; by its id it is still at hand.
  return and(isDead, isNull(jobs.dismissedAt), sql`${jobs.kind} = ${kind}`, isOfCause);
}
