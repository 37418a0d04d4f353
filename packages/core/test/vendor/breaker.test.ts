import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { enterGate, leaveGate, PERMIT_MS, renewPermit } from "../../src/vendor/breaker.ts";
import { FRESH_GATE, type GateReport, type GateState } from "../../src/vendor/gate-state.ts";
import { healthOf } from "../../src/vendor/health-of.ts";

const AT_MOST = 3;
const answered: GateReport = { kind: "answered", durationMs: 100 };
const failed: GateReport = {
  kind: "failed",
  durationMs: 100,
  code: "vendor_failed",
  message: "It answered 503.",
  retryAfterMs: null,
};

/** A vendor's gate with the time in the test's hands. */
function aGate(start: GateState = FRESH_GATE) {
  let state = start;
  let nowMs = 1_000_000;
  return {
    enter(holder: string) {
      const entered = enterGate(state, holder, { nowMs, atMost: AT_MOST });
      state = entered.state;
      return entered.verdict;
    },
    leave(holder: string, report: GateReport) {
      state = leaveGate(state, holder, report, nowMs);
    },
    renew(holder: string) {
      state = renewPermit(state, holder, nowMs);
    },
    /** One request from its beginning to its end. */
    ask(holder: string, report: GateReport) {
      const verdict = this.enter(holder);
      if (verdict.kind === "go") this.leave(holder, report);
      return verdict.kind;
    },
    forward(ms: number) {
      nowMs += ms;
    },
    health: () => healthOf(state, { nowMs, atMost: AT_MOST }),
  };
}

function anOpenGate() {
  const gate = aGate();
  for (let i = 0; i < 6; i++) gate.ask(`r${i}`, failed);
  return gate;
}

describe("permits", () => {
  test("are as many as the vendor takes at once, and given back", () => {
    const gate = aGate();
    expect(["a", "b", "c"].map((holder) => gate.enter(holder).kind)).toEqual(["go", "go", "go"]);
    expect(gate.enter("d")).toEqual({ kind: "wait", waitMs: 500 });
    gate.leave("a", answered);
    expect(gate.enter("d").kind).toBe("go");
  });

  test("of who is dead are another's after a while, and not before", () => {
    const gate = aGate();
    for (const holder of ["a", "b", "c"]) gate.enter(holder);
    gate.forward(PERMIT_MS - 1);
    gate.renew("a");
    expect(gate.enter("d").kind).toBe("wait");
    gate.forward(1);
    expect(["d", "e", "f"].map((holder) => gate.enter(holder).kind)).toEqual(["go", "go", "wait"]);
  });

  test("are waited for in turns that come as fast as the vendor gets through", () => {
    const gate = aGate();
    for (let i = 0; i < 3; i++) gate.ask(`done${i}`, { kind: "answered", durationMs: 3_000 });
    for (const holder of ["a", "b", "c"]) gate.enter(holder);
    const waits = ["d", "e", "f"].map((holder) => gate.enter(holder));
    expect(waits).toEqual([500, 1_500, 2_500].map((waitMs) => ({ kind: "wait", waitMs })));
  });
});

describe("the breaker", () => {
  test("lets a vendor alone that mostly fails, and then lets one try", () => {
    const gate = anOpenGate();
    expect(gate.health()).toMatchObject({ breaker: "open", recentRequests: 6, recentFailures: 6 });
    expect(gate.enter("a")).toEqual({ kind: "wait", waitMs: 10_000 });
    gate.forward(10_000);
    expect(gate.enter("a")).toEqual({ kind: "go" });
    expect(gate.enter("b").kind).toBe("wait");
    gate.leave("a", answered);
    expect(gate.health()).toMatchObject({ breaker: "closed", retryAt: null });
    expect(gate.enter("b").kind).toBe("go");
  });

  test("waits twice as long each time that trying fails, two minutes at most", () => {
    const gate = anOpenGate();
    const rests: number[] = [];
    for (let i = 0; i < 6; i++) {
      const verdict = gate.enter("early");
      if (verdict.kind !== "wait") throw new Error("It is open");
      rests.push(verdict.waitMs);
      gate.forward(verdict.waitMs);
      gate.ask(`try${i}`, failed);
    }
    expect(rests).toEqual([10_000, 20_000, 40_000, 80_000, 120_000, 120_000]);
  });

  test("lets another try where the one that tried has died, or says nothing of the vendor", () => {
    const gate = anOpenGate();
    gate.forward(10_000);
    expect(gate.enter("dies").kind).toBe("go");
    gate.forward(PERMIT_MS);
    expect(gate.enter("learns nothing").kind).toBe("go");
    gate.leave("learns nothing", { kind: "other" });
    expect(gate.ask("c", answered)).toBe("go");
    expect(gate.health().breaker).toBe("closed");
  });

  test("heeds none but the one that tries: who was let in before it opened comes late", () => {
    const gate = aGate();
    gate.enter("slow");
    for (let i = 0; i < 6; i++) gate.ask(`r${i}`, failed);
    gate.forward(10_000);
    gate.enter("tries");
    gate.leave("slow", answered);
    expect(gate.health().breaker).toBe("half_open");
  });

  test("does not mind fewer failures than answers, nor old ones", () => {
    const gate = aGate();
    for (let i = 0; i < 6; i++) gate.ask(`ok${i}`, answered);
    for (let i = 0; i < 5; i++) gate.ask(`no${i}`, failed);
    expect(gate.health()).toMatchObject({ breaker: "closed", recentFailures: 5 });
    gate.forward(5 * 60_000);
    gate.ask("later", failed);
    expect(gate.health()).toMatchObject({ breaker: "closed", recentRequests: 1, recentFailures: 1 });
  });

  test("lets a vendor alone for as long as it asks, whatever else", () => {
    const gate = aGate();
    gate.ask("a", { ...failed, retryAfterMs: 45_000 });
    expect(gate.health()).toMatchObject({ breaker: "closed", retryAt: new Date(1_045_000).toISOString() });
    expect(gate.enter("b")).toEqual({ kind: "wait", waitMs: 45_000 });
    gate.forward(45_000);
    expect(gate.enter("b").kind).toBe("go");
  });

  test("shows the slowest but five in a hundred", () => {
    const gate = aGate();
    for (let i = 1; i <= 20; i++) gate.ask(`r${i}`, { kind: "answered", durationMs: i * 10 });
    expect(gate.health()).toMatchObject({ p95Ms: 190, running: 0, lastFailure: null });
    expect(aGate().health().p95Ms).toBeNull();
  });
});

describe("whatever happens", () => {
  const holder = fc.constantFrom("a", "b", "c", "d", "e", "f");
  const step = fc.oneof(
    fc.record({ do: fc.constant("enter" as const), holder }),
    fc.record({ do: fc.constant("renew" as const), holder }),
    fc.record({
      do: fc.constant("leave" as const),
      holder,
      report: fc.oneof(
        fc.constant<GateReport>(answered),
        fc.constant<GateReport>(failed),
        fc.constant<GateReport>({ kind: "other" }),
        fc.integer({ min: 0, max: 60_000 }).map((retryAfterMs): GateReport => ({ ...failed, retryAfterMs })),
      ),
    }),
    fc.record({ do: fc.constant("forward" as const), ms: fc.integer({ min: 1, max: 40_000 }) }),
  );

  test("no more are let in than may be, nobody while it is open, and in the end somebody always is", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const gate = aGate();
        /** Who was let in and has neither left nor been silent for too long, by the test's own count. */
        const inside = new Map<string, number>();
        let nowMs = 0;
        for (const each of steps) {
          if (each.do === "forward") {
            nowMs += each.ms;
            gate.forward(each.ms);
            for (const [name, untilMs] of inside) if (untilMs <= nowMs) inside.delete(name);
          } else if (each.do === "leave") {
            gate.leave(each.holder, each.report);
            inside.delete(each.holder);
          } else if (each.do === "renew") {
            if (!inside.has(each.holder)) continue;
            gate.renew(each.holder);
            inside.set(each.holder, nowMs + PERMIT_MS);
          } else {
            const { breaker, retryAt } = gate.health();
            const isResting = retryAt !== null && Date.parse(retryAt) > 1_000_000 + nowMs;
            const verdict = gate.enter(each.holder);
            if (verdict.kind === "wait") {
              expect(verdict.waitMs).toBeGreaterThan(0);
              expect(verdict.waitMs).toBeLessThanOrEqual(120_000);
              continue;
            }
            expect(isResting).toBe(false);
            inside.set(each.holder, nowMs + PERMIT_MS);
            if (breaker === "closed") expect(inside.size).toBeLessThanOrEqual(AT_MOST);
          }
        }
        gate.forward(3 * 60_000);
        expect(gate.ask("last", answered)).toBe("go");
        expect(gate.health().breaker).toBe("closed");
      }),
    );
  });
});
