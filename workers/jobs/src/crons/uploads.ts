import { sweepUploads } from "@earwitness/core";
import type { Cron } from "./cron.ts";

/** Clears up after uploads that came to nothing. */
export const uploads: Cron = {
  name: "uploads",
  run: ({ ctx, ports }) => sweepUploads(ctx, ports.store),
};
