import { EarwitnessError, ERROR_STATUS, type Problem } from "@earwitness/shared";
import { HttpError } from "./http-error.ts";

/** What each code is called for a person who sees nothing else. */
const TITLES: Record<keyof typeof ERROR_STATUS, string> = {
  invalid_request: "The request is not valid",
  unauthenticated: "Not signed in",
  forbidden: "Not allowed",
  not_found: "Not found",
  method_not_allowed: "This method is not served here",
  conflict: "In conflict with the present state",
  precondition_failed: "Changed meanwhile",
  too_large: "Too large",
  unsupported_media_type: "This kind of body is not understood",
  range_not_satisfiable: "That part does not exist",
  unprocessable: "Understood, but cannot be done",
  upgrade_required: "This address is for WebSockets",
  too_many_requests: "Too many requests",
  internal: "Something went wrong on our side",
  vendor_failed: "A service that we depend on failed",
  unavailable: "Not available at the moment",
  timeout: "It took too long",
};

/**
 * Any error as problem details (RFC 9457). Errors of ours keep their sentence and fields; every other error becomes `internal`
 * and reveals nothing but the request's id, by which the log tells the rest.
 */
export function problemOf(error: unknown, requestId: string): Response {
  const known =
    error instanceof EarwitnessError
      ? error
      : new EarwitnessError("internal", `Please try again. If it stays, tell us the request id ${requestId}.`);
  const problem: Problem = {
    type: `urn:earwitness:problem:${known.code}`,
    title: TITLES[known.code],
    status: ERROR_STATUS[known.code],
    code: known.code,
    detail: known.message,
    requestId,
    ...(known.fields.length > 0 && { errors: [...known.fields] }),
  };
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  if (known.retryAfterMs !== undefined) headers.set("retry-after", String(Math.ceil(known.retryAfterMs / 1000)));
  if (known.code === "unauthenticated") headers.set("www-authenticate", 'Bearer realm="earwitness"');
  if (known instanceof HttpError) for (const [name, value] of Object.entries(known.headers)) headers.set(name, value);
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
