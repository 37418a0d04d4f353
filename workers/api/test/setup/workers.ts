import path from "node:path";
import { build } from "esbuild";

import { API_BINDINGS } from "./api-bindings.ts";

const ROOMS = path.join(import.meta.dirname, "../../../rooms/src/index.ts");

/** Takes the place of the jobs worker, which these tests do not start: rows in the outbox tell what it would have done. */
const JOBS = `
import { WorkerEntrypoint } from "cloudflare:workers";
export class JobsDoor extends WorkerEntrypoint { async drainOutbox() {} async armOutbox() {} async resend(queue) { return queue === "earwitness-jobs-dead" ? { kind: "refused", reason: "Nothing could read it." } : { kind: "sent" }; } async backlogs() { return [{ name: "facts", waiting: 3, oldestWaitMs: 1200 }]; } async vendorHealth() { return [{ vendor: "telnyx", breaker: "open", since: null, retryAt: null, running: 0, atMost: 4, recentRequests: 9, recentFailures: 9, p95Ms: null, lastFailure: null }]; } }
export default { fetch: () => new Response("jobs") };
`;

/** The workers that the API calls: the real rooms, with a carrier that is a stand-in, and a jobs worker that waits. */
export async function auxiliaryWorkers(vendors: Record<string, string>) {
  const common = { modules: true, compatibilityDate: "2026-11-01", compatibilityFlags: ["nodejs_compat"] };
  return [
    {
      ...common,
      name: "earwitness-rooms",
      script: await bundle(ROOMS),
      durableObjects: {
        CALL_ROOM: { className: "CallRoom", useSQLite: true },
        WORKSPACE_ROOM: { className: "WorkspaceRoom", useSQLite: true },
        RATE_LIMITER: { className: "RateLimiter", useSQLite: true },
      },
      kvNamespaces: ["ROUTING"],
      queueProducers: { FACTS: "earwitness-facts" },
      r2Buckets: ["RECORDINGS"],
      bindings: {
        ...vendors,
        WEBHOOKS_ORIGIN: "https://webhooks.test",
        ASSEMBLYAI_STREAMING_URL: "wss://transcriber.test",
        LIVE_SECRET: API_BINDINGS.LIVE_SECRET,
      },
    },
    { ...common, name: "earwitness-jobs", script: JOBS },
  ];
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["node:*", "cloudflare:*"],
    logLevel: "silent",
  });
  return result.outputFiles[0]?.text ?? "";
}
