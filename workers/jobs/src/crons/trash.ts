import { emptyTrash } from "@earwitness/core";
import type { Cron } from "./cron.ts";

/** Purges calls whose time in the trash is over. */
export const trash: Cron = {
  name: "trash",
  run: async ({ ctx }, asOf) => ({ ...(await emptyTrash(ctx, asOf)) }),
};
