import { checkStorage } from "@earwitness/core";
import type { Cron } from "./cron.ts";

/** Compares what lies in the storage with the record, both ways. */
export const orphans: Cron = {
  name: "orphans",
  run: ({ ctx, ports }) => checkStorage(ctx, ports.store),
};
