import { z } from "zod";
import { boundedWaitMs, type HttpOutcome, requestVendor, type VendorRequest } from "../../http/index.ts";

export interface TelnyxAccess {
  /** Without `/v2`, such as `https://api.telnyx.com`. */
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** What Telnyx says of an error: a code of digits as a string, and sentences. Source: its API's `errors` array. */
const Errors = z.object({
  errors: z.array(z.object({ code: z.string(), title: z.string(), detail: z.string().nullish() })).min(1),
});

/** One request to the API v2; `path` begins after `/v2`. */
export function requestTelnyx(
  access: TelnyxAccess,
  request: { method: VendorRequest["method"]; path: string; json?: unknown; timeLimitMs: number },
): Promise<HttpOutcome> {
  const { method, path, json, timeLimitMs } = request;
  return requestVendor({
    method,
    url: `${access.baseUrl}/v2${path}`,
    headers: { authorization: `Bearer ${access.apiKey}`, accept: "application/json" },
    ...(json === undefined ? {} : { json }),
    timeLimitMs,
  });
}

/** The first error of an answer's body, or null where it is not in Telnyx's form. */
export function telnyxErrorOf(body: unknown): { code: string; message: string } | null {
  const parsed = Errors.safeParse(body);
  const first = parsed.success ? parsed.data.errors[0] : undefined;
  if (first === undefined) return null;
  const { code, title, detail } = first;
  return { code, message: detail && detail !== title ? `${title}: ${detail}` : title };
}

/**
 * How long Telnyx wants us to wait: `Retry-After` where it is sent, else `x-ratelimit-reset` in seconds, which is the
 * one that it documents for 429.
 */
export function telnyxRetryAfterMs(outcome: Extract<HttpOutcome, { kind: "failed" }>): number | null {
  if (outcome.retryAfterMs !== null || outcome.status !== 429) return outcome.retryAfterMs;
  const seconds = Number(outcome.headers?.get("x-ratelimit-reset") ?? Number.NaN);
  return boundedWaitMs(seconds * 1000);
}
