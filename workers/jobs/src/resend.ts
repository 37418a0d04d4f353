import { type JobRecord, jobEntryOf, type Resent, unknownKindReason } from "@earwitness/core";
import { hasCode, type JobId, JobMessage } from "@earwitness/shared";
import type { JobsEnv } from "./env.ts";
import type { Services } from "./services.ts";

/**
 * Puts what a dead message carried on its queue again. `queue` is the one that it died on, or that queue's dead-letter queue. All
 * queues of jobs share one of these: a job's own queue is looked up.
 */
export async function resend(env: JobsEnv, services: Services, queue: string, body: unknown): Promise<Resent> {
  const living: Readonly<Record<string, Queue>> = {
    "earwitness-facts": env.FACTS,
    "earwitness-notices": env.NOTICES,
    "earwitness-mail-notices": env.MAIL_NOTICES,
  };
  const target = living[queue.replace(/-dead$/, "")];
  if (target !== undefined) {
    await target.send(body);
    return { kind: "sent" };
  }
  const parsed = JobMessage.safeParse(body);
  if (!parsed.success) return { kind: "refused", reason: `Nothing on ${queue} could read the message. Dismiss it.` };
  const job = await jobOf(services, parsed.data.jobId);
  if (job === null) return { kind: "refused", reason: "The job that it is about is over and forgotten. Dismiss it." };
  const entry = jobEntryOf(job.kind);
  if (entry === null) return { kind: "refused", reason: unknownKindReason(job.kind) };
  await services.doors.jobQueue.send(entry.queue, [job.id]);
  return { kind: "sent" };
}

async function jobOf({ ctx }: Services, id: JobId): Promise<JobRecord | null> {
  try {
    return await ctx.unitOfWork((tx) => tx.jobs.lock(id));
  } catch (error) {
    if (hasCode(error, "not_found")) return null;
    throw error;
  }
}
