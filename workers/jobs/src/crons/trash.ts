import { emptyTrash } from "@earwitness/core";
import type { Cron } from "./cron.ts";

/** Purges calls whose time in the trash is over. */
export const trash: Cron = {
  name: "trash",
  run: ({ ctx }, asOf) => emptyTrash(ctx, asOf),
};
