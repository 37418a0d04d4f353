import { ping } from "@earwitness/db";
import { errorFields } from "@earwitness/shared/log";
import type { Services } from "./services.ts";

/** Tells whether what every request needs answers: 200 or 503, each need by name. What is wrong is told by the log. */
export async function ready(services: Services): Promise<Response> {
  const needs = {
    database: services.database.read({ kind: "visitor" }, ping),
    storage: services.env.RECORDINGS.head("ready"),
  };
  const entries = await Promise.all(
    Object.entries(needs).map(async ([name, answer]) => {
      try {
        await answer;
        return [name, "ok"] as const;
      } catch (error) {
        services.log.error("not ready", { need: name, ...errorFields(error) });
        return [name, "failed"] as const;
      }
    }),
  );
  const isReady = entries.every(([, state]) => state === "ok");
  return Response.json(
    { status: isReady ? "ready" : "not_ready", needs: Object.fromEntries(entries) },
    { status: isReady ? 200 : 503 },
  );
}
