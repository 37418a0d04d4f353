import { reconcile as askVendors } from "@earwitness/core";
import type { Cron } from "./cron.ts";

/** Asks the vendors about everything whose notice should have come by now. */
export const reconcile: Cron = {
  name: "reconcile",
  run: ({ ctx, ports, rooms }, asOf) => askVendors(ctx, { records: ports.records, rooms }, asOf),
};
