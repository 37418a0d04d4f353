import { expect, test } from "vitest";
import { gateReportOf } from "../../src/job/gate-report.ts";
import type { JobFailure } from "../../src/job/job-failure.ts";

const SAID = "No route to +4915112345678";

function failure(status: number | null, answer: string | null = SAID): JobFailure {
  const vendor = { vendor: "Telnyx", status, requestId: null, answer };
  const message = `Telnyx: ${vendor.answer}`;
  return { code: "vendor_failed", message, isRetryable: true, retryAfterMs: 1_000, vendor };
}

test.for([
  [503, SAID, "The answer had the status 503."],
  [429, SAID, "The answer had the status 429."],
  [421, SAID, "The answer had the status 421."],
  [null, SAID, "The answer was an error."],
  [null, null, "No answer came."],
] as const)("what a vendor said with status %s to one workspace is told to no other", ([status, answer, message]) => {
  expect(gateReportOf({ kind: "failed", failure: failure(status, answer) }, 20)).toEqual({
    kind: "failed",
    durationMs: 20,
    code: "vendor_failed",
    message,
    retryAfterMs: 1_000,
  });
});

test.for([
  ["a status below 500", failure(404)],
  ["an SMTP server that wants the mail later", failure(451)],
  ["an SMTP server that refuses for good", { ...failure(550), isRetryable: false }],
  ["a refusal without a status", { ...failure(null), isRetryable: false }],
] as const)("what is about our request does not count against the vendor: %s", ([, each]) => {
  expect(gateReportOf({ kind: "failed", failure: each }, 20)).toEqual({ kind: "answered", durationMs: 20 });
});

test("work that was found done says nothing of a vendor that was not asked", () => {
  expect(gateReportOf({ kind: "unasked" }, 20)).toEqual({ kind: "other" });
});
