import { parseJson } from "./parse-json.ts";

/** One request to a vendor, with everything that bounds it. */
export interface VendorRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON when given. */
  readonly json?: unknown;
  /** From the first byte sent to the last byte of the answer. */
  readonly timeLimitMs: number;
  /** An answer that is longer is a failure, not memory. */
  readonly maxAnswerBytes?: number;
}

/** Why a request may be worth making again, and when. */
export interface HttpFailure {
  readonly kind: "failed";
  /** `timeout`, `network`, `answer_too_large`, `answer_unreadable`, or `http_<status>`. */
  readonly code: string;
  readonly message: string;
  readonly status: number | null;
  readonly body: unknown;
  /** The answer's headers, where there was one. */
  readonly headers: Headers | null;
  /** The answer as it came; empty where there was none. */
  readonly text: string;
  /** As the vendor asks, up to an hour. */
  readonly retryAfterMs: number | null;
}

/**
 * How a request came out, whatever happened: `ok` for 2xx, `refused` for an answer that will be the same next time,
 * `failed` for everything that may go better later. `body` is the answer's JSON; null when it is empty or not JSON.
 */
export type HttpOutcome =
  | { readonly kind: "ok"; readonly status: number; readonly headers: Headers; readonly body: unknown }
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly headers: Headers;
      readonly text: string;
      readonly body: unknown;
      readonly message: string;
    }
  | HttpFailure;

/** Vendors answer in kilobytes; a transcript of hours is the longest that we ask for. */
const DEFAULT_MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** A vendor that wants longer is asked all the same: what waits may be a call, and its wish may be a mistake. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** 408 and 425 ask for another try by definition, 429 by its meaning; all other 4xx will be refused again. */
const RETRYABLE_4XX: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * Makes one request within its time limit and never throws: a time limit passed, a broken connection and an error status
 * are all outcomes. It does not retry, and it follows no redirect, because a vendor's API has no business to send our key
 * elsewhere.
 */
export async function requestVendor(request: VendorRequest): Promise<HttpOutcome> {
  const signal = AbortSignal.timeout(request.timeLimitMs);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers:
        request.json === undefined ? request.headers : { "content-type": "application/json", ...request.headers },
      ...(request.json === undefined ? {} : { body: JSON.stringify(request.json) }),
      redirect: "manual",
      signal,
    });
    const text = await readBounded(response, request.maxAnswerBytes ?? DEFAULT_MAX_ANSWER_BYTES);
    if (text === null) return failure("answer_too_large", "The answer was longer than allowed.", response.status);
    return outcomeOf(response, text);
  } catch (error) {
    if (signal.aborted) return failure("timeout", `No answer within ${request.timeLimitMs} ms.`, null);
    return failure("network", error instanceof Error ? error.message : String(error), null);
  }
}

function outcomeOf(response: Response, text: string): HttpOutcome {
  const { status } = response;
  const body = parseJson(text);
  if (response.ok) {
    if (body === null && text.trim() !== "") {
      const { headers } = response;
      return {
        ...failure("answer_unreadable", `The answer with status ${status} was not JSON.`, status),
        headers,
        text,
      };
    }
    return { kind: "ok", status, headers: response.headers, body };
  }
  const message = `The vendor answered ${status}.`;
  if (status >= 500 || RETRYABLE_4XX.has(status)) {
    const { headers } = response;
    return { ...failure(`http_${status}`, message, status), body, headers, text, retryAfterMs: retryAfterOf(headers) };
  }
  return { kind: "refused", status, headers: response.headers, text, body, message };
}

function failure(code: string, message: string, status: number | null): HttpFailure {
  return { kind: "failed", code, message, status, body: null, headers: null, text: "", retryAfterMs: null };
}

/** Null when the body is longer than `maxBytes`; reading stops there. */
async function readBounded(response: Response, maxBytes: number): Promise<string | null> {
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  let sizeBytes = 0;
  // Fetch's own type of the stream differs between workerd and Node; the reader is the part that they share.
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    sizeBytes += value.byteLength;
    if (sizeBytes > maxBytes) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** `Retry-After` in its both forms: seconds, or a date. Null when it is absent or makes no sense. */
export function retryAfterOf(headers: Headers): number | null {
  const value = headers.get("retry-after");
  if (value === null) return null;
  return boundedWaitMs(/^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now());
}

/** A wait that a vendor asks for, within bounds; null for what is no number. */
export function boundedWaitMs(ms: number): number | null {
  return Number.isNaN(ms) ? null : Math.round(Math.min(MAX_RETRY_AFTER_MS, Math.max(0, ms)));
}
