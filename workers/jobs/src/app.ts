import { ping } from "@earwitness/db";
import { errorFields } from "@earwitness/shared/log";
import { Hono } from "hono";
import { createServices } from "./services.ts";

/** No public route: these answer the platform's and the local stack's questions about the worker. */
export const app = new Hono<{ Bindings: object }>();

app.get("/health", (c) => c.json({ status: "ok" }));

/** Tells whether what every job needs answers: its environment, the record, the storage. */
app.get("/ready", async (c) => {
  const services = createServices(c.env, "readiness");
  const needs = {
    database: services.database.read({ kind: "visitor" }, ping),
    storage: services.storage.head("ready"),
  };
  const answers = await Promise.all(
    Object.entries(needs).map(async ([name, answer]) => {
      const state = await answer.then(
        () => "ok",
        (error: unknown) => {
          services.log.error("Not ready", { need: name, ...errorFields(error) });
          return "failed";
        },
      );
      return [name, state] as const;
    }),
  );
  c.executionCtx.waitUntil(services.close());
  const isReady = answers.every(([, state]) => state === "ok");
  return c.json({ status: isReady ? "ready" : "not_ready", needs: Object.fromEntries(answers) }, isReady ? 200 : 503);
});
