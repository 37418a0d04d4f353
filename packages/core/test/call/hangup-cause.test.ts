import { expect, test } from "vitest";
import { hangupCauseOf } from "../../src/index.ts";

/** The documented values of `hangup_cause`, unanswered and answered. */
test.each([
  ["call_rejected", "rejected", "rejected"],
  ["normal_clearing", "cancelled", "completed"],
  ["originator_cancel", "cancelled", "cancelled"],
  ["timeout", "no_answer", "no_answer"],
  ["time_limit", "time_limit", "time_limit"],
  ["user_busy", "busy", "busy"],
  ["not_found", "not_found", "not_found"],
  ["no_answer", "no_answer", "no_answer"],
  ["unspecified", "failed", "completed"],
  ["something_new", "failed", "failed"],
])("%s is %s when nobody answered, %s when somebody had", (carrierCause, unanswered, answered) => {
  const end = { carrierCause, sipCode: null, endedFor: null };
  expect(hangupCauseOf({ ...end, isAnswered: false })).toBe(unanswered);
  expect(hangupCauseOf({ ...end, isAnswered: true })).toBe(answered);
});

test.each([
  ["404", "not_found"],
  ["408", "no_answer"],
  ["480", "no_answer"],
  ["486", "busy"],
  ["487", "cancelled"],
  ["603", "rejected"],
  ["unspecified", "failed"],
])("where the carrier's word is unspecified, SIP %s tells that it is %s", (sipCode, cause) => {
  expect(hangupCauseOf({ carrierCause: "unspecified", sipCode, isAnswered: false, endedFor: null })).toBe(cause);
});

test("why we hung up ourselves comes before the carrier's word", () => {
  const end = { carrierCause: "normal_clearing", sipCode: null, isAnswered: true };
  expect(hangupCauseOf({ ...end, endedFor: "machine_answered" })).toBe("machine");
  expect(hangupCauseOf({ ...end, endedFor: "dial_given_up" })).toBe("failed");
  expect(hangupCauseOf({ ...end, endedFor: "person" })).toBe("completed");
});
