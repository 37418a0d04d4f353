import { expect, test } from "vitest";
import { nextRetentionRun } from "../../src/index.ts";

test.each([
  ["2026-11-21T03:09:59.999Z", "2026-11-21T03:10:00.000Z"],
  ["2026-11-21T03:10:00.000Z", "2026-11-21T04:10:00.000Z"],
  ["2026-11-21T06:09:00.000Z", "2026-11-21T06:10:00.000Z"],
  ["2026-11-21T06:10:00.000Z", "2026-11-22T03:10:00.000Z"],
  ["2026-12-31T23:59:00.000Z", "2027-01-01T03:10:00.000Z"],
])("at %s retention is due next at %s", (now, next) => {
  expect(nextRetentionRun(new Date(now)).toISOString()).toBe(next);
});
