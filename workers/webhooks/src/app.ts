import { newId } from "@earwitness/shared";
import { errorFields, withLogContext, workerLogger } from "@earwitness/shared/log";
import { Hono } from "hono";
import type { DoorEnv } from "./door-env.ts";
import { problem } from "./problem.ts";
import { assemblyAiNotice } from "./routes/assemblyai.ts";
import { audio } from "./routes/audio.ts";
import { media } from "./routes/media.ts";
import { resendNotice } from "./routes/resend.ts";
import { telnyxNotice } from "./routes/telnyx.ts";
import { securityHeaders } from "./security-headers.ts";
import { doorServices } from "./services.ts";

const log = workerLogger("webhooks");

/** The door for vendors: their notices, the carrier's media sockets, and the sounds that it plays. */
export const app = new Hono<DoorEnv>();

app.use(securityHeaders);
app.get("/health", (c) => c.json({ status: "ok" }));
app.get("/ready", (c) => {
  doorServices(c.env);
  return c.json({ status: "ready" });
});

for (const path of ["/webhooks/*", "/media/*", "/audio/*"]) {
  app.use(path, async (c, next) => {
    const requestId = newId("request");
    c.set("services", doorServices(c.env));
    c.set("requestId", requestId);
    c.set("log", log);
    await withLogContext({ requestId }, next);
  });
}
app.get("/media/:ticket", media);
app.get("/audio/:file", audio);
app.post("/webhooks/telnyx", telnyxNotice);
// The same door under the address that the vendor tries second; it is deployed apart where that is wanted.
app.post("/webhooks/telnyx/failover", telnyxNotice);
app.post("/webhooks/assemblyai", assemblyAiNotice);
app.post("/webhooks/resend", resendNotice);
app.on(
  ["GET", "PUT", "PATCH", "DELETE"],
  ["/webhooks/telnyx", "/webhooks/telnyx/failover", "/webhooks/assemblyai", "/webhooks/resend"],
  (c) => problem("method_not_allowed", "Notices are posted here.", c.get("requestId")),
);

app.notFound((c) => problem("not_found", "There is nothing at this address.", c.get("requestId") ?? newId("request")));
app.onError((error, c) => {
  const requestId = c.get("requestId") ?? newId("request");
  withLogContext({ requestId }, () => log.error("A request failed.", errorFields(error)));
  return problem("internal", "Something went wrong here. The request id leads to what it was.", requestId);
});
