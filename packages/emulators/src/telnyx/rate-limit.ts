import type { MiddlewareHandler } from "hono";
import type { NodeBindings } from "../http/listen.ts";
import { problems } from "./problem.ts";

const WINDOW_MS = 60_000;

/** Counts requests per minute and says so in the `x-ratelimit-*` headers. The vendor's own numbers are not published. */
export function rateLimit(perMinute: number): MiddlewareHandler<NodeBindings> {
  let windowStart = Date.now();
  let used = 0;
  return async (c, next) => {
    const now = Date.now();
    if (now - windowStart >= WINDOW_MS) {
      windowStart = now;
      used = 0;
    }
    used += 1;
    const resetSecs = Math.ceil((windowStart + WINDOW_MS - now) / 1000);
    const remaining = Math.max(0, perMinute - used);
    if (used > perMinute) c.res = c.json(problems.rateLimited().body, 429, { "retry-after": String(resetSecs) });
    else await next();
    // After the answer is known, so that refusals carry them too.
    c.res.headers.set("x-ratelimit-limit", String(perMinute));
    c.res.headers.set("x-ratelimit-remaining", String(remaining));
    c.res.headers.set("x-ratelimit-reset", String(resetSecs));
  };
}
