import { expireExports, forgetExpired } from "@earwitness/core";
import type { Cron } from "./cron.ts";

/** Forgets sessions, tokens, keys, the traces of ended work and exported files that are past their time. */
export const expire: Cron = {
  name: "expire",
  run: async ({ ctx, ports }) => {
    const forgotten = await forgetExpired(ctx);
    const files = await expireExports(ctx, ports.exportStore);
    return files > 0 ? { ...forgotten, export: files } : forgotten;
  },
};
