import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FrameOrder, type Ordered } from "../../src/call-room/media/frame-order.ts";

const WINDOW = 5;

function through(numbers: readonly number[]): { ordered: Ordered<number>[]; dropped: number } {
  const order = new FrameOrder<number>(WINDOW);
  const ordered = numbers.flatMap((number) => order.push(number, number));
  ordered.push(...order.flush());
  return { ordered, dropped: order.dropped };
}

/** The numbers that an order accounts for: each frame by its own, each missing one by its place. */
function accountOf(ordered: readonly Ordered<number>[], first: number) {
  const frames: number[] = [];
  const missing: number[] = [];
  let next = first;
  for (const each of ordered) {
    if (each.kind === "missing") {
      for (let i = 0; i < each.count; i += 1) missing.push(next + i);
      next += each.count;
    } else {
      frames.push(each.frame);
      expect(each.frame).toBe(next);
      next += 1;
    }
  }
  return { frames, missing };
}

/** Frames 1 to `made` on a bad line: some lost, some doubled, each late by at most so many others. */
const badLine = fc
  .record({ made: fc.integer({ min: 1, max: 200 }), seed: fc.infiniteStream(fc.nat({ max: 999 })) })
  .map(({ made, seed }) => {
    const sent: { number: number; at: number }[] = [];
    for (let number = 1; number <= made; number += 1) {
      const dice = seed.next().value ?? 0;
      if (dice < 50) continue;
      sent.push({ number, at: number + (dice % (WINDOW + 1)) });
      if (dice > 950) sent.push({ number, at: number + (dice % 40) });
    }
    return { made, arrived: sent.sort((a, b) => a.at - b.at).map(({ number }) => number) };
  });

describe("frames that come in another order", () => {
  test("are each relayed once and in order, or counted as missing in their place", () => {
    fc.assert(
      fc.property(badLine, ({ arrived }) => {
        const { ordered, dropped } = through(arrived);
        const { frames, missing } = accountOf(ordered, 1);
        const last = Math.max(0, ...arrived);
        expect([...frames, ...missing].sort((a, b) => a - b)).toEqual(Array.from({ length: last }, (_, i) => i + 1));
        // What arrived and was not relayed had been waited for long enough, or came twice.
        expect(frames.length + dropped).toBe(arrived.length);
        expect(missing.filter((number) => arrived.includes(number)).length).toBeLessThanOrEqual(dropped);
      }),
    );
  });

  test("are all relayed when none is late by more than the window", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: WINDOW }), { minLength: 1, maxLength: 100 }), (delays) => {
        const arrived = delays
          .map((delay, i) => ({ number: i + 1, at: i + delay }))
          .sort((a, b) => a.at - b.at)
          .map(({ number }) => number);
        expect(accountOf(through(arrived).ordered, 1)).toEqual({
          frames: delays.map((_, i) => i + 1),
          missing: [],
        });
      }),
    );
  });

  test("are not waited for longer than the window", () => {
    const order = new FrameOrder<number>(WINDOW);
    expect(order.push(1, 1)).toHaveLength(1);
    for (const number of [3, 4, 5, 6, 7]) expect(order.push(number, number)).toEqual([]);
    const ordered = order.push(8, 8);
    expect(ordered[0]).toEqual({ kind: "missing", count: 1 });
    expect(ordered).toHaveLength(7);
    expect(order.push(2, 2)).toEqual([]);
    expect(order.dropped).toBe(1);
  });

  test("may begin anywhere: at nought, or in the midst of a count", () => {
    expect(accountOf(through([0, 1, 2]).ordered, 0)).toEqual({ frames: [0, 1, 2], missing: [] });
    expect(accountOf(through([701, 700, 702]).ordered, 700)).toEqual({ frames: [700, 701, 702], missing: [] });
    expect(accountOf(through([3, 4]).ordered, 1)).toEqual({ frames: [3, 4], missing: [1, 2] });
  });

  test("that are counted anew are no loss of a minute", () => {
    const { ordered } = through([1, 2, 90_000, 90_001]);
    expect(ordered.every(({ kind }) => kind === "frame")).toBe(true);
  });

  test("that are counted anew from the beginning are heard again after two seconds, which are missing", () => {
    const order = new FrameOrder<number>(WINDOW);
    const count = (to: number) => Array.from({ length: to }, (_, i) => order.push(i + 1, i + 1)).flat();
    expect(count(300)).toHaveLength(300);
    const again = count(300);
    expect(again[0]).toEqual({ kind: "missing", count: 100 });
    expect(again.slice(1).map((each) => (each.kind === "frame" ? each.frame : null))).toEqual(
      Array.from({ length: 200 }, (_, i) => i + 101),
    );
  });

  test("that come twice, a second of them at once, are dropped and count for nothing", () => {
    const first = Array.from({ length: 200 }, (_, i) => i + 1);
    const { ordered, dropped } = through([...first, ...first.slice(150), 201, 202]);
    expect(accountOf(ordered, 1)).toEqual({ frames: [...first, 201, 202], missing: [] });
    expect(dropped).toBe(50);
  });
});
