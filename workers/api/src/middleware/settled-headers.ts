import { createMiddleware } from "hono/factory";
import type { ApiEnv } from "../api-env.ts";

/** Puts the headers on the answer that were settled on the way to it, also where the answer became an error. */
export const settledHeaders = createMiddleware<ApiEnv>(async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(c.get("settledHeaders") ?? {})) {
    c.header(name, value, { append: name === "vary" });
  }
});
