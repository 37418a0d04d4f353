import { expect, test } from "vitest";
import { isCronLate } from "../../src/index.ts";

const now = new Date("2026-11-21T09:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

test("a work is late once it has missed its schedule twice", () => {
  expect([1, 2, 3].map((minutes) => isCronLate("sweep", minutesAgo(minutes), now))).toEqual([false, false, true]);
  expect([9, 10, 11].map((minutes) => isCronLate("reconcile", minutesAgo(minutes), now))).toEqual([false, false, true]);
  expect([41, 42, 43].map((hours) => isCronLate("retention", minutesAgo(hours * 60), now))).toEqual([
    false,
    false,
    true,
  ]);
});

test("a deployment in which nothing ever ran waits for nothing yet", () => {
  expect(isCronLate("sweep", null, now)).toBe(false);
});
