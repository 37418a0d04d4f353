import { z } from "zod";

/**
 * Problem details of RFC 9457, with a stable `code`, the request's id, and pointers to the fields at fault.
 * `type` is `urn:earwitness:problem:<code>`.
 */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    requestId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;

/** Every code that an error of ours can carry, with the HTTP status it becomes. Codes never change their meaning. */
export const ERROR_STATUS = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  precondition_failed: 412,
  too_large: 413,
  unsupported_media_type: 415,
  range_not_satisfiable: 416,
  unprocessable: 422,
  upgrade_required: 426,
  too_many_requests: 429,
  internal: 500,
  vendor_failed: 502,
  unavailable: 503,
  timeout: 504,
} as const;
export type ErrorCode = keyof typeof ERROR_STATUS;

/** What a vendor said to a request that came to nothing, for whoever looks into it. */
export interface VendorAnswer {
  /** Its name, as a person writes it. */
  readonly vendor: string;
  /** HTTP's status, or an SMTP server's code; null where no answer came, or one without. */
  readonly status: number | null;
  /** The vendor's own name of the request, by which its support finds it. */
  readonly requestId: string | null;
  /** The beginning of what it answered. */
  readonly answer: string | null;
}

/**
 * The one family of errors that verbs throw for a broken promise. `message` is a sentence for a person: what happened, what
 * it means, what to do. `retryable` says whether the same request may succeed later. Nothing secret goes into the message.
 */
export class EarwitnessError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly fields: readonly { pointer: string; detail: string }[];
  readonly retryAfterMs: number | undefined;
  /** Where it was a vendor's doing. */
  readonly vendorAnswer: VendorAnswer | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      retryable?: boolean;
      fields?: readonly { pointer: string; detail: string }[];
      retryAfterMs?: number;
      vendorAnswer?: VendorAnswer;
      cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "EarwitnessError";
    this.code = code;
    this.retryable = options.retryable ?? ERROR_STATUS[code] >= 500;
    this.fields = options.fields ?? [];
    this.retryAfterMs = options.retryAfterMs;
    this.vendorAnswer = options.vendorAnswer;
  }
}

/** Whether something that was thrown is one of ours, with this code. */
export function hasCode(error: unknown, code: ErrorCode): error is EarwitnessError {
  return error instanceof EarwitnessError && error.code === code;
}

/** Not found and not yours look the same. */
export function notFound(what: string): EarwitnessError {
  return new EarwitnessError("not_found", `${what} was not found in this workspace.`, { retryable: false });
}
