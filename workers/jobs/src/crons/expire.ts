import { forgetExpired } from "@earwitness/core";
import type { Cron } from "./cron.ts";

/** Forgets sessions, tokens, keys and the traces of ended work that are past their time. */
export const expire: Cron = {
  name: "expire",
  run: ({ ctx }) => forgetExpired(ctx),
};
