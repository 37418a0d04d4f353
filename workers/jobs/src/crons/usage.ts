import { rollUpUsage } from "@earwitness/core";
import type { Cron } from "./cron.ts";

/** Sums up what was used, by hour and day. */
export const usage: Cron = {
  name: "usage",
  run: ({ ctx }, asOf) => rollUpUsage(ctx, asOf),
};
