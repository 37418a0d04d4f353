import { EarwitnessError, withinLimit } from "@earwitness/shared";
import type { Logger } from "@earwitness/shared/log";
import { Hono } from "hono";
import type { ApiEnv } from "./api-env.ts";
import { mountAuth } from "./auth/mount-auth.ts";
import { bodyWithin } from "./http/body-within.ts";
import { mount } from "./http/mount.ts";
import { problemOf } from "./http/problem.ts";
import { openLive } from "./live.ts";
import { preflight } from "./middleware/cross-origin.ts";
import { ipWall } from "./middleware/ip-wall.ts";
import { provideServices } from "./middleware/provide-services.ts";
import { requestLog } from "./middleware/request-log.ts";
import { securityHeaders } from "./middleware/security-headers.ts";
import { settledHeaders } from "./middleware/settled-headers.ts";
import { mountDocs } from "./openapi/mount-docs.ts";
import { ready } from "./ready.ts";
import { routes } from "./routes/index.ts";

/** The wall before everything; a route takes no more than its contract says. */
const MAX_BODY_BYTES = 1_000_000;
/** A person has turned away by then; every vendor and database call within has its own, shorter limit. */
const TIME_LIMIT_MS = 25_000;

/** The API. Every answer, whatever happens, has a request id, the security headers, and problem details if it is an error. */
export function createApp(log: Logger): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.use(requestLog(log), securityHeaders, settledHeaders);
  app.get("/health", (c) => c.json({ status: "ok" }));
  app.use(provideServices(log));
  app.use((_c, next) => withinLimit(next(), TIME_LIMIT_MS));
  for (const path of ["/v1/*", "/api/*", "/auth/*", "/live"]) app.use(path, ipWall);
  app.use(bodyWithin(MAX_BODY_BYTES));
  app.get("/ready", (c) => ready(c.get("services")));
  app.on("GET", ["/live", "/api/live"], (c) => openLive(c.get("services"), c.req.raw));
  mountAuth(app);

  const v1 = new Hono<ApiEnv>();
  v1.use(preflight);
  mountDocs(v1, routes);
  mount(v1, routes);
  // Partners call the API's own host; the browser calls its own origin, where everything under /api is passed on to here.
  app.route("/v1", v1);
  app.route("/api/v1", v1);

  app.notFound((c) =>
    problemOf(new EarwitnessError("not_found", `Nothing is served at ${c.req.path}.`), c.get("requestId")),
  );
  app.onError((error, c) => problemOf(error, c.get("requestId")));
  return app;
}
