import type { Problem } from "@earwitness/shared";

/** Why an answer is missing: the API said no, gave none in time, could not be reached, or said what nobody understands. */
export type ApiFailure = "problem" | "timeout" | "unreachable" | "unreadable";

/** A request that did not get its answer. `message` is a sentence for a person. */
export class ApiError extends Error {
  readonly kind: ApiFailure;
  readonly status: number | null;
  readonly problem: Problem | null;

  constructor(kind: ApiFailure, message: string, detail: { status?: number; problem?: Problem; cause?: unknown } = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = "ApiError";
    this.kind = kind;
    this.status = detail.status ?? null;
    this.problem = detail.problem ?? null;
  }

  /** What is wrong with one field of what was sent, by its JSON pointer; null when nothing is. */
  field(pointer: string): string | null {
    return this.problem?.errors?.find((error) => error.pointer === pointer)?.detail ?? null;
  }
}

/** The sentence for a person, whatever was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : "Something failed without saying what.";
}

/** The id that a person can name when asking about a failure; null when the request never got to the API. */
export function requestIdOf(error: unknown): string | null {
  return error instanceof ApiError ? (error.problem?.requestId ?? null) : null;
}

/** True when the question itself was wrong, so that only another one can be answered. */
export function isRefused(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 400;
}

/** True when the thing is not there, or not this workspace's: the two look the same. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** True when nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** True when whoever is signed in may not do it, or belongs to no workspace. */
export function isForbidden(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403;
}
