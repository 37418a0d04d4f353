import { readFileSync } from "node:fs";
import path from "node:path";
import { workerEntry } from "@earwitness/tooling";

/** The workers that serve a call. */
const SERVING = ["rooms", "webhooks", "jobs"] as const;

/** Whether the platform writes a line of its own, billed like ours, for each invocation: it does unless a worker's settings say no. */
export function hasInvocationLogs(): boolean {
  return SERVING.some((worker) => {
    const settings = readFileSync(path.join(path.dirname(workerEntry(worker)), "../wrangler.toml"), "utf8");
    return !/^\s*invocation_logs\s*=\s*false/m.test(settings);
  });
}
