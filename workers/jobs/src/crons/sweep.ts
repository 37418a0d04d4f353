import { sweepJobs } from "@earwitness/core";
import type { Cron } from "./cron.ts";

/** Lets out what a drain of the outbox left behind, and sends again for jobs that nobody attends to. */
export const sweep: Cron = {
  name: "sweep",
  async run(services) {
    await services.drain();
    const resent = await sweepJobs(services.ctx, services.jobQueue);
    return { resent };
  },
};
