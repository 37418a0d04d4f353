import { JOB_CATALOGUE } from "@earwitness/core";
import { EarwitnessError, JobMessage } from "@earwitness/shared";
import type { JobsEnv } from "./env.ts";
import type { Services } from "./services.ts";

/**
 * Puts what a dead message carried on its queue again. `queue` is the one that it died on, or that queue's dead-letter queue. All
 * queues of jobs share one of these: a job's own queue is looked up.
 */
export async function resend(env: JobsEnv, services: Services, queue: string, body: unknown): Promise<void> {
  const living: Readonly<Record<string, Queue>> = {
    "earwitness-facts": env.FACTS,
    "earwitness-notices": env.NOTICES,
    "earwitness-mail-notices": env.MAIL_NOTICES,
  };
  const target = living[queue.replace(/-dead$/, "")];
  if (target !== undefined) {
    await target.send(body);
    return;
  }
  const parsed = JobMessage.safeParse(body);
  if (!parsed.success) throw new EarwitnessError("unprocessable", `Nothing on ${queue} could read the message.`);
  const { kind } = await services.ctx.unitOfWork((tx) => tx.jobs.lock(parsed.data.jobId));
  await services.jobQueue.send(JOB_CATALOGUE[kind].queue, [parsed.data.jobId]);
}
