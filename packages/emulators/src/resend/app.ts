import { Hono } from "hono";
import { apiFaults } from "../faults/api-faults.ts";
import type { Faults } from "../faults/faults.ts";
import type { NodeBindings } from "../http/listen.ts";
import type { Received } from "../http/received.ts";
import { parseMail } from "./mail.ts";
import type { PostOffice } from "./post-office.ts";
import { problems, ResendProblem } from "./problem.ts";
import type { Courier } from "./webhooks/courier.ts";
import { fateOf } from "./webhooks/fate.ts";

export interface ResendSettings {
  readonly apiKey: string;
  /** The vendor's default is five. */
  readonly requestsPerSecond: number;
}

/** The HTTP face of the stand-in for Resend. */
export function resendApp(
  office: PostOffice,
  courier: Courier,
  settings: ResendSettings,
  faults: Faults,
  received: Received,
): Hono<NodeBindings> {
  const app = new Hono<NodeBindings>();
  let second = 0;
  let used = 0;
  app.use(received.watch("resend"));
  app.use(apiFaults(faults, "resend", (_, { status }) => answer(faultOf(status))));
  app.use(async (c, next) => {
    // The vendor's edge turns away requests without a User-Agent before anything else; Workers' fetch sends none by itself.
    if (!c.req.header("user-agent")) return c.text("error code: 1010", 403);
    const now = Math.floor(Date.now() / 1000);
    used = now === second ? used + 1 : 1;
    second = now;
    const remaining = Math.max(0, settings.requestsPerSecond - used);
    if (used > settings.requestsPerSecond) c.res = c.json(problems.tooMany().body, 429, { "retry-after": "1" });
    else await next();
    c.res.headers.set("ratelimit-limit", String(settings.requestsPerSecond));
    c.res.headers.set("ratelimit-remaining", String(remaining));
    c.res.headers.set("ratelimit-reset", "1");
    return undefined;
  });
  app.use(async (c, next) => {
    const authorization = c.req.header("authorization");
    if (authorization === undefined) throw problems.missingKey();
    if (authorization !== `Bearer ${settings.apiKey}`) throw problems.invalidKey();
    await next();
  });

  app.post("/emails", async (c) => {
    const key = c.req.header("idempotency-key");
    if (key !== undefined && (key.length < 1 || key.length > 256)) throw problems.invalidKeyLength();
    const body: unknown = await c.req.json().catch(() => {
      throw problems.invalidJson();
    });
    const { mail, isNew } = office.accept(parseMail(body), key);
    if (isNew) courier.tell(mail);
    return c.json({ id: mail.id });
  });

  app.get("/emails/:id", (c) => {
    const mail = office.find(c.req.param("id"));
    if (mail === undefined) throw problems.notFound("Email");
    return c.json({
      object: "email",
      id: mail.id,
      to: mail.to,
      from: mail.from,
      created_at: mail.createdAt,
      subject: mail.subject,
      html: mail.html ?? null,
      text: mail.text ?? null,
      bcc: mail.bcc ?? [],
      cc: mail.cc ?? [],
      reply_to: mail.reply_to ?? [],
      last_event: fateOf(mail).at(-1)?.type.replace("email.", "") ?? "delivered",
    });
  });

  app.notFound(() => answer(problems.notFound("Endpoint")));
  app.onError((error) =>
    answer(
      error instanceof ResendProblem
        ? error
        : new ResendProblem(500, "application_error", `The stand-in failed: ${error.message}`),
    ),
  );
  return app;
}

function faultOf(status: number): ResendProblem {
  if (status === 429) return problems.tooMany();
  return new ResendProblem(
    status,
    status >= 500 ? "internal_server_error" : "validation_error",
    "Something went wrong.",
  );
}

function answer(problem: ResendProblem): Response {
  return Response.json(problem.body, { status: problem.status });
}
