import { EarwitnessError, type Failure, type VendorAnswer } from "@earwitness/shared";
import { ZodError } from "zod";
import type { JobError, JobRecord } from "../ports/repositories/index.ts";

/** An attempt that came to nothing, as the job, its subject and the runner need to know it. */
export interface JobFailure {
  readonly code: string;
  /** For the operator: the error's own words. */
  readonly message: string;
  readonly isRetryable: boolean;
  /** The vendor's own wish. */
  readonly retryAfterMs: number | null;
  /** Where a vendor was asked. */
  readonly vendor: VendorAnswer | null;
}

/** Reads what a job's work threw. What nobody foresaw may be gone the next time; a payload that cannot be read will not. */
export function jobFailureOf(error: unknown): JobFailure {
  if (error instanceof EarwitnessError) {
    const { code, message, retryable, retryAfterMs, vendorAnswer } = error;
    return {
      code,
      message,
      isRetryable: retryable,
      retryAfterMs: retryAfterMs ?? null,
      vendor: vendorAnswer ?? null,
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  const isRetryable = !(error instanceof ZodError);
  return { code: "internal", message, isRetryable, retryAfterMs: null, vendor: null };
}

/** The failure as it is kept with the job. */
export function jobErrorOf({ code, message, vendor }: JobFailure, { attempts }: JobRecord, at: Date): JobError {
  return { attempt: attempts, code, message, at: at.toISOString(), vendor };
}

/** The failure as a person sees it. */
export function failureForPerson(failure: JobFailure, at: Date): Failure {
  return {
    code: failure.code,
    message: failureMessageForPerson(failure),
    at: at.toISOString(),
    canRetry: true,
  };
}

/** Why an attempt failed, in words for a person: an error of our own making shows no more than that it was ours. */
export function failureMessageForPerson({ code, message }: Pick<JobFailure, "code" | "message">): string {
  return code === "internal" ? "Something went wrong on our side. It is written down; try again." : message;
}
