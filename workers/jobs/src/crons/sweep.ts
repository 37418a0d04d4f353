import { drainOutbox, sweepJobs } from "@earwitness/core";
import type { Cron } from "./cron.ts";

/** Lets out what a drain of the outbox left behind, and sends again for jobs that nobody attends to. */
export const sweep: Cron = {
  name: "sweep",
  async run({ ctx, doors }) {
    const letOut = await drainOutbox(ctx, doors);
    const resent = await sweepJobs(ctx, doors.jobQueue);
    return { letOut, resent };
  },
};
