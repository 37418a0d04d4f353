import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs } from "../../src/job/backoff.ts";

const policy = { baseMs: 1_000, capMs: 60_000 };

test("waits between nothing and twice as long each time, up to the cap", () => {
  const longest = (attempt: number) => backoffMs(attempt, policy, () => 0.999_999);
  expect([1, 2, 3, 7, 40].map(longest)).toEqual([1_000, 2_000, 4_000, 60_000, 60_000]);
});

test("never leaves its bounds", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.double({ min: 0, max: 0.999_999, noNaN: true }), (n, random) => {
      const delay = backoffMs(n, policy, () => random);
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThanOrEqual(policy.capMs);
    }),
  );
});
