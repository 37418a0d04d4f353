import type { GateReport } from "../vendor/index.ts";
import type { AttemptEnd } from "./attempt.ts";

/**
 * 408, 425 and 429 ask for patience, and so does 421 of an SMTP server that closes; what else is below 500 is about our request, and
 * proves that the vendor answers.
 */
const ASKS_FOR_PATIENCE: ReadonlySet<number> = new Set([408, 421, 425, 429]);

/**
 * What an attempt says of the vendor that it asked: only what the vendor did itself counts against it. A time limit passed or a
 * connection broken has no status; what was refused for good is about our request, whatever its code. Our own error, a database that is
 * away, or work that was found done says nothing. How a vendor does is shown to every workspace: its own words, which may name what one
 * of them asked for, stay with the job.
 */
export function gateReportOf(end: AttemptEnd, durationMs: number): GateReport {
  if (end.kind === "done" || end.kind === "more") return { kind: "answered", durationMs };
  if (end.kind !== "failed" || end.failure.vendor === null) return { kind: "other" };
  const { code, isRetryable, retryAfterMs, vendor } = end.failure;
  const { status, answer } = vendor;
  const isOurs = !isRetryable || (status !== null && status < 500 && !ASKS_FOR_PATIENCE.has(status));
  if (isOurs) return { kind: "answered", durationMs };
  const unnumbered = answer === null ? "No answer came." : "The answer was an error.";
  const message = status === null ? unnumbered : `The answer had the status ${status}.`;
  return { kind: "failed", durationMs, code, message, retryAfterMs };
}
