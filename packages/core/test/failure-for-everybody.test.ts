import { EarwitnessError } from "@earwitness/shared";
import { expect, test } from "vitest";
import { failureForEverybody } from "../src/index.ts";

const refused = (status: number | null) =>
  new EarwitnessError("vendor_failed", "Telnyx: +15550100001 is no number of yours.", {
    vendorAnswer: { vendor: "Telnyx", status, requestId: "req-1", answer: "the answer of +15550100001" },
  });

test("a failure of work for all says what kind it is of, and nothing of what the work was about", () => {
  expect(failureForEverybody(refused(422))).toMatchObject({
    code: "vendor_failed",
    message: "Telnyx answered with the status 422. (vendor_failed)",
    vendorAnswer: undefined,
  });
  expect(failureForEverybody(refused(null)).message).toBe("Telnyx did not answer. (vendor_failed)");
  expect(failureForEverybody(new EarwitnessError("unavailable", "The room of +15550100001 is away.")).message).toBe(
    "What it needs did not answer. (unavailable)",
  );
  expect(failureForEverybody(new Error('invalid input: "ada@example.com", in: select …')).message).toBe(
    "Something went wrong on our side. (internal)",
  );
});

test("several failures at once are told by their kinds, each once", () => {
  const inner = new AggregateError([refused(503), refused(503)], "Of 2 calls 2 failed.");
  const { code, message } = failureForEverybody(
    new AggregateError([inner, new TypeError("x of +15550100001")], "It failed."),
  );
  expect(code).toBe("vendor_failed");
  expect(message).toBe(
    "Telnyx answered with the status 503. (vendor_failed) Something went wrong on our side. (internal)",
  );
});
