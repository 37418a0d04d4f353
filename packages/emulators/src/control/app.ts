import { Hono } from "hono";
import { cors } from "hono/cors";
import { ZodError, z } from "zod";
import type { NodeBindings } from "../http/listen.ts";
import { type ControlContext, ControlProblem } from "./context.ts";
import { phonePage } from "./pages/phone.ts";
import { callRoutes } from "./routes/calls.ts";
import { mailRoutes } from "./routes/mails.ts";
import { observationRoutes } from "./routes/observations.ts";
import { peopleRoutes } from "./routes/people.ts";

/** The door through which developers and tests move the stand-ins. It has no key: it listens on this machine only. */
export function controlApp(context: ControlContext): Hono<NodeBindings> {
  const app = new Hono<NodeBindings>();
  app.use(
    cors({ origin: (origin) => (/^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin) ? origin : null) }),
  );

  app.get("/", (c) => c.html(phonePage(context)));
  app.get("/health", (c) =>
    c.json({
      ok: true,
      pace: context.carrier.pace,
      webhookUrl: context.carrier.application.webhookUrl,
      liveLegs: [...context.carrier.legs.values()].filter(({ isAlive }) => isAlive).length,
      pendingNotices: context.carrier.deliveries().filter(({ state }) => state === "pending").length,
    }),
  );
  for (const routes of [callRoutes, observationRoutes, mailRoutes, peopleRoutes]) app.route("/", routes(context));

  app.notFound((c) => c.json({ error: `There is no ${c.req.method} ${c.req.path} here.` }, 404));
  app.onError((error) => {
    if (error instanceof ControlProblem) return Response.json({ error: error.message }, { status: error.status });
    if (error instanceof ZodError) return Response.json({ error: z.prettifyError(error) }, { status: 400 });
    if (error instanceof SyntaxError) return Response.json({ error: "The body is not valid JSON." }, { status: 400 });
    return Response.json({ error: `The stand-in failed: ${error.message}` }, { status: 500 });
  });
  return app;
}
