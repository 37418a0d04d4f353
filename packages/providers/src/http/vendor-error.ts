import { EarwitnessError, type VendorAnswer } from "@earwitness/shared";
import type { HttpOutcome } from "./request.ts";

/** So much of an answer is kept: its sentence, not its page. */
const ANSWER_CHARACTERS = 1_000;
/** Under which vendors name a request. `cf-ray` is that of whoever stands before them. */
const REQUEST_ID_HEADERS = ["x-request-id", "request-id", "cf-ray"];

/**
 * The error to throw where a vendor's refusal is no expected outcome. `said` is the vendor's own sentence, if its body has
 * one. Retryable unless the vendor refused; `retryAfterMs` as the vendor asked; `vendorAnswer` says what came.
 */
export function vendorError(
  vendor: string,
  outcome: Exclude<HttpOutcome, { kind: "ok" }>,
  said: string | null,
): EarwitnessError {
  const message = `${vendor}: ${said ?? outcome.message}`;
  const vendorAnswer = vendorAnswerOf(vendor, outcome);
  const cause = { status: outcome.status };
  if (outcome.kind === "refused") {
    const text = `${message} (status ${outcome.status})`;
    return new EarwitnessError("vendor_failed", text, { retryable: false, vendorAnswer, cause });
  }
  return new EarwitnessError("vendor_failed", `${message} (${outcome.code})`, {
    retryable: true,
    vendorAnswer,
    cause,
    ...(outcome.retryAfterMs === null ? {} : { retryAfterMs: outcome.retryAfterMs }),
  });
}

/**
 * What came of a request, as it is kept with the job that made it. Of an answer that went well, and was of no use all the same, no word:
 * it holds what people said, or addresses of their files.
 */
export function vendorAnswerOf(vendor: string, outcome: HttpOutcome): VendorAnswer {
  const { status, headers } = outcome;
  const text = outcome.kind === "ok" ? "" : outcome.text;
  const requestId = REQUEST_ID_HEADERS.map((name) => headers?.get(name)).find((id) => id != null) ?? null;
  return { vendor, status, requestId, answer: text === "" ? null : text.slice(0, ANSWER_CHARACTERS) };
}
