import { newId } from "@earwitness/shared";
import { errorFields, type Logger, withLogContext } from "@earwitness/shared/log";
import { createMiddleware } from "hono/factory";
import type { ApiEnv } from "../api-env.ts";

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
      const { status } = c.res;
      const line = {
        ...c.get("about"),
        method: c.req.method,
        path: c.req.path,
        status,
        durationMs: Date.now() - startedAt,
      };
      if (status < 500) log.info("request", line);
      else log.error("request failed", { ...line, ...failureFields(c.error) });
    });
    // The answer that opens a socket cannot be copied, and nobody reads its headers.
    if (c.res.status !== 101) c.header("x-request-id", requestId);
  });
}

/** What went wrong, down to its root: where it was thrown, and what the errors around it add. */
function failureFields(error: Error | undefined): Record<string, unknown> {
  if (error === undefined) return {};
  const causes: string[] = [];
  let root = error;
  while (root.cause instanceof Error) {
    root = root.cause;
    causes.push(errorFields(root).error);
  }
  return { ...errorFields(error), causes, stack: root.stack };
}
