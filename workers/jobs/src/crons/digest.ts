import { askForDigests } from "@earwitness/core";
import type { Cron } from "./cron.ts";

/** Has those who look after a workspace be told of its last week. */
export const digest: Cron = {
  name: "digest",
  run: async ({ ctx }, asOf) => ({ workspaces: await askForDigests(ctx, asOf) }),
};
