import { ERROR_STATUS, type ErrorCode, type Problem } from "@earwitness/shared";

/** A problem of RFC 9457 as the door answers it. A vendor reads its status; the sentence is for whoever looks into it. */
export function problem(code: ErrorCode, title: string, requestId: string): Response {
  const status = ERROR_STATUS[code];
  const body: Problem = { type: `urn:earwitness:problem:${code}`, title, status, code, requestId };
  return Response.json(body, { status, headers: { "content-type": "application/problem+json" } });
}
