import { expect, test } from "vitest";
import { gateReportOf } from "../../src/job/gate-report.ts";
import type { JobFailure } from "../../src/job/job-failure.ts";

function failure(status: number | null): JobFailure {
  const vendor = { vendor: "Telnyx", status, requestId: null, answer: "No route to +4915112345678" };
  const message = `Telnyx: ${vendor.answer}`;
  return { code: "vendor_failed", message, isRetryable: true, retryAfterMs: 1_000, vendor };
}

test.for([
  [503, "The answer had the status 503."],
  [429, "The answer had the status 429."],
  [null, "No answer came."],
] as const)("what a vendor said with status %s to one workspace is told to no other", ([status, message]) => {
  expect(gateReportOf({ kind: "failed", failure: failure(status) }, 20)).toEqual({
    kind: "failed",
    durationMs: 20,
    code: "vendor_failed",
    message,
    retryAfterMs: 1_000,
  });
});
