import { EarwitnessError } from "@earwitness/shared";
import type { Logger } from "@earwitness/shared/log";
import { errorFields } from "@earwitness/shared/log";
import { createMiddleware } from "hono/factory";
import type { ApiEnv } from "../api-env.ts";
import { type Env, envOf } from "../env.ts";
import { createServices } from "../services.ts";

/** Enough to know a browser by; the header may be as long as its sender likes. */
const MAX_USER_AGENT_CHARACTERS = 400;

/** Gives the request its services, and the answer their cookies; closes, after the answer, what they opened. */
export function provideServices(log: Logger) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const services = createServices(environment(log, c.env), log, (work) => c.executionCtx.waitUntil(work), {
      requestId: c.get("requestId"),
      ipAddress: c.req.header("cf-connecting-ip") ?? null,
      userAgent: c.req.header("user-agent")?.slice(0, MAX_USER_AGENT_CHARACTERS) ?? null,
    });
    c.set("services", services);
    try {
      await next();
      // The answer that opens a socket carries none; `identify` settles none for it.
      for (const cookie of services.cookies.values()) c.header("set-cookie", cookie, { append: true });
    } finally {
      c.executionCtx.waitUntil(services.database.close());
    }
  });
}

/** What is missing is named in the log, where operators look; a caller learns only that it is not their fault. */
function environment(log: Logger, raw: object): Env {
  try {
    return envOf(raw);
  } catch (error) {
    log.error("not configured", errorFields(error));
    throw new EarwitnessError("unavailable", "The service is not configured. Its log says what is missing.");
  }
}
