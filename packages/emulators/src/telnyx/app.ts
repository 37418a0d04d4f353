import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { apiFaults } from "../faults/api-faults.ts";
import type { NodeBindings } from "../http/listen.ts";
import type { Received } from "../http/received.ts";
import type { Carrier } from "./carrier.ts";
import { problems, TelnyxProblem } from "./problem.ts";
import { rateLimit } from "./rate-limit.ts";
import { accountRoutes } from "./routes/account.ts";
import { callRoutes } from "./routes/calls.ts";
import { conferenceRoutes } from "./routes/conferences.ts";
import { downloadRoutes } from "./routes/download.ts";
import { eventRoutes } from "./routes/events.ts";
import { recordingRoutes } from "./routes/recordings.ts";

/** The HTTP face of the stand-in for Telnyx: `/v2` behind a Bearer key, and the bucket that recordings are fetched from. */
export function telnyxApp(carrier: Carrier, received: Received): Hono<NodeBindings> {
  const api = new Hono<NodeBindings>();
  api.use(received.watch("telnyx"));
  api.use(rateLimit(carrier.settings.requestsPerMinute));
  api.use(
    apiFaults(carrier.faults, "telnyx", (_, { status }) =>
      answer(status === 429 ? problems.rateLimited() : problems.unexpected(status, "An unexpected error occurred.")),
    ),
  );
  api.use(async (c, next) => {
    if (c.req.header("authorization") !== `Bearer ${carrier.settings.apiKey}`) throw problems.unauthenticated();
    await next();
  });
  for (const routes of [callRoutes, conferenceRoutes, recordingRoutes, accountRoutes, eventRoutes])
    api.route("/", routes(carrier));

  const app = new Hono<NodeBindings>();
  app.route("/", downloadRoutes(carrier));
  app.route("/v2", api);
  app.notFound(() => answer(problems.notFound()));
  app.onError((error) => {
    if (error instanceof TelnyxProblem) return answer(error);
    if (error instanceof HTTPException) return error.getResponse();
    return answer(problems.unexpected(500, `The stand-in failed: ${error.message}`));
  });
  return app;
}

function answer(problem: TelnyxProblem): Response {
  return Response.json(problem.body, { status: problem.status });
}
