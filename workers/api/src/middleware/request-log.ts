import { newId } from "@earwitness/shared";
import { errorFields, type Logger, withLogContext } from "@earwitness/shared/log";
import { createMiddleware } from "hono/factory";
import type { ApiEnv } from "../app.ts";

/** An id that a caller may give to find its request in the logs: short, and of letters that need no escaping. */
const CALLER_REQUEST_ID = /^[\w-]{8,64}$/;

/**
 * Gives each request its id (the caller's own `x-request-id` where it is well-formed), puts it on every log line and on the
 * answer, and logs one line when the request is done. The path is logged without its query, which may hold secrets.
 */
export function requestLog(log: Logger) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const given = c.req.header("x-request-id");
    const requestId = given !== undefined && CALLER_REQUEST_ID.test(given) ? given : newId("request");
    c.set("requestId", requestId);
    const startedAt = Date.now();
    await withLogContext({ requestId }, async () => {
      await next();
      if (c.error) log.error("request failed", errorFields(c.error));
      log.info("request", {
        ...c.get("about"),
        method: c.req.method,
        path: c.req.path,
        status: c.res.status,
        durationMs: Date.now() - startedAt,
      });
    });
    // The answer that opens a socket cannot be copied, and nobody reads its headers.
    if (c.res.status !== 101) c.header("x-request-id", requestId);
  });
}
