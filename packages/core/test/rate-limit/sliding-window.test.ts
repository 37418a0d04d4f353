import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Quota, SlidingWindow } from "../../src/index.ts";

const MINUTE_MS = 60_000;
const quota = (changes: Partial<Quota> = {}): Quota => ({
  name: "actor",
  key: "actor/usr_1",
  limit: 10,
  windowMs: MINUTE_MS,
  ...changes,
});

describe("a sliding window", () => {
  test("grants up to the limit, tells what is left, and then how long to wait", () => {
    const window = new SlidingWindow();
    for (let i = 1; i <= 10; i += 1) {
      expect(window.charge(1, [quota()], 15_000)).toEqual({
        waitMs: 0,
        left: [{ name: "actor", remaining: 10 - i, resetMs: 45_000 }],
      });
    }
    const refused = window.charge(1, [quota()], 15_000);
    expect(refused.left[0]?.remaining).toBe(0);
    // After the window has passed, a tenth of it must slide out for one more to fit.
    expect(refused.waitMs).toBe(45_000 + 6_000);
    expect(window.charge(1, [quota()], 15_000 + refused.waitMs - 1_000).waitMs).toBeGreaterThan(0);
    expect(window.charge(1, [quota()], 15_000 + refused.waitMs).waitMs).toBe(0);
  });

  test("charges nobody where one of the quotas has not enough", () => {
    const window = new SlidingWindow();
    const workspace = quota({ name: "workspace", key: "ws", limit: 3 });
    for (let i = 0; i < 3; i += 1) window.charge(1, [quota(), workspace], 0);
    expect(window.charge(1, [quota(), workspace], 0)).toMatchObject({
      waitMs: expect.any(Number),
      left: [{ remaining: 7 }, { remaining: 0 }],
    });
    expect(window.charge(1, [quota()], 0).left[0]?.remaining).toBe(6);
  });

  test("counts each key alone, and forgets after two windows", () => {
    const window = new SlidingWindow();
    window.charge(10, [quota()], 0);
    expect(window.charge(10, [quota({ key: "actor/usr_2" })], 0).waitMs).toBe(0);
    expect(window.charge(10, [quota()], 2 * MINUTE_MS).waitMs).toBe(0);
  });

  test("grants in no stretch of a window's length as much as twice the limit, and after waiting it grants", () => {
    const steps = fc.array(
      fc.record({ afterMs: fc.integer({ min: 0, max: 20_000 }), cost: fc.integer({ min: 1, max: 10 }) }),
      {
        maxLength: 200,
      },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const window = new SlidingWindow();
        const granted: { atMs: number; cost: number }[] = [];
        let nowMs = 0;
        for (const { afterMs, cost } of all) {
          nowMs += afterMs;
          const { waitMs } = window.charge(cost, [quota()], nowMs);
          if (waitMs > 0) {
            nowMs += waitMs;
            expect(window.charge(cost, [quota()], nowMs).waitMs).toBe(0);
          }
          granted.push({ atMs: nowMs, cost });
          const recent = granted.filter(({ atMs }) => atMs > nowMs - MINUTE_MS);
          expect(recent.reduce((sum, one) => sum + one.cost, 0)).toBeLessThan(20);
        }
      }),
    );
  });
});
