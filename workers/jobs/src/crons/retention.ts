import { applyRetention } from "@earwitness/core";
import type { Cron } from "./cron.ts";

/** Purges what workspaces keep for a number of days that are over. */
export const retention: Cron = {
  name: "retention",
  run: async ({ ctx }, asOf) => ({ ...(await applyRetention(ctx, asOf)) }),
};
