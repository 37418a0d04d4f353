import { checkChecksums } from "@earwitness/core";
import type { Cron } from "./cron.ts";

/** Reads some recordings, and compares them with what was stored. */
export const checksums: Cron = {
  name: "checksums",
  run: ({ ctx, ports }, asOf) => checkChecksums(ctx, ports, asOf),
};
