import { EarwitnessError } from "@earwitness/shared";
import type { HttpOutcome } from "./request.ts";

/**
 * The error to throw where a vendor's refusal is no expected outcome. `said` is the vendor's own sentence, if its body has
 * one. Retryable unless the vendor refused; `retryAfterMs` as the vendor asked; `cause.status` is that of its answer, null
 * where none came.
 */
export function vendorError(
  vendor: string,
  outcome: Exclude<HttpOutcome, { kind: "ok" }>,
  said: string | null,
): EarwitnessError {
  const message = `${vendor}: ${said ?? outcome.message}`;
  if (outcome.kind === "refused") {
    return new EarwitnessError("vendor_failed", `${message} (status ${outcome.status})`, {
      retryable: false,
      cause: { status: outcome.status },
    });
  }
  return new EarwitnessError("vendor_failed", `${message} (${outcome.code})`, {
    retryable: true,
    cause: { status: outcome.status },
    ...(outcome.retryAfterMs === null ? {} : { retryAfterMs: outcome.retryAfterMs }),
  });
}
