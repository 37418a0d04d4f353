import { runJob } from "@earwitness/core";
import { JobMessage } from "@earwitness/shared";
import { errorFields, withLogContext } from "@earwitness/shared/log";
import type { Consumer } from "./consumer.ts";
import { keepUnreadable } from "./dead-letter.ts";

/** A job may be due: runs it. What goes on, or is tried again later, gets a message of its own. */
export const consumeJob: Consumer = async (services, message, queue) => {
  const parsed = JobMessage.safeParse(message.body);
  if (!parsed.success) return keepUnreadable(services, message, queue);
  const { jobId } = parsed.data;
  await withLogContext({ jobId }, async () => {
    const outcome = await runJob(services.ctx, services, jobId);
    if (outcome.kind !== "again") return;
    try {
      await services.doors.jobQueue.send(outcome.queue, [jobId], outcome.delayMs);
    } catch (error) {
      // The job's row says when it is due, and the sweep reads it.
      services.log.warn("A job's next message could not be sent", errorFields(error));
    }
  });
};
