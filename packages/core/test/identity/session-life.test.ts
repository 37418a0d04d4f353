import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  extendedExpiry,
  isSeenDue,
  judgeToken,
  PREVIOUS_TOKEN_MS,
  SESSION_IDLE_MS,
  SESSION_MOST_MS,
  type SessionLife,
} from "../../src/identity/session-life.ts";

const DAY_MS = 86_400_000;
const START = new Date("2026-11-21T09:00:00Z");
const at = (ms: number) => new Date(START.getTime() + ms);

const fresh: SessionLife = {
  presented: "current",
  createdAt: START,
  expiresAt: at(SESSION_IDLE_MS),
  lastSeenAt: null,
  rotateAfter: null,
  awaitedSince: null,
  previousExpiresAt: null,
};
const cookie = { canRenew: true };

describe("a session", () => {
  test("is not written to within a day, is extended after one, and ends after 30 days without use", () => {
    expect(judgeToken(fresh, at(DAY_MS - 1), cookie)).toBe("good");
    expect(judgeToken(fresh, at(DAY_MS), cookie)).toBe("renew");
    expect(judgeToken(fresh, at(SESSION_IDLE_MS - 1), cookie)).toBe("renew");
    expect(judgeToken(fresh, at(SESSION_IDLE_MS), cookie)).toBe("ended");
  });

  test("ends after 180 days however much it is used", () => {
    expect(extendedExpiry(fresh, at(170 * DAY_MS))).toEqual(at(SESSION_MOST_MS));
    const old = { ...fresh, expiresAt: at(SESSION_MOST_MS) };
    expect(judgeToken(old, at(SESSION_MOST_MS - 1), cookie)).toBe("good");
    expect(judgeToken(old, at(SESSION_MOST_MS), cookie)).toBe("ended");
  });

  test("is noted as seen at most every five minutes", () => {
    expect(isSeenDue(fresh, START)).toBe(true);
    expect(isSeenDue({ lastSeenAt: START }, at(5 * 60_000 - 1))).toBe(false);
    expect(isSeenDue({ lastSeenAt: START }, at(5 * 60_000))).toBe(true);
  });
});

describe("a token", () => {
  const marked = { ...fresh, rotateAfter: at(1_000) };

  test("is renewed by the first answer that can carry a cookie", () => {
    expect(judgeToken(marked, at(999), cookie)).toBe("good");
    expect(judgeToken(marked, at(1_000), { canRenew: false })).toBe("good");
    expect(judgeToken(marked, at(1_000), cookie)).toBe("renew");
  });

  test("that was handed out is handed to nobody else while it may be on its way, and another one is when it was lost", () => {
    const handedOut: SessionLife = { ...fresh, presented: "previous", awaitedSince: START };
    expect(judgeToken(handedOut, at(29_999), cookie)).toBe("good");
    expect(judgeToken(handedOut, at(30_000), cookie)).toBe("renew");
    expect(judgeToken(handedOut, at(30_000), { canRenew: false })).toBe("good");
  });

  test("that has come back is renewed only when that is due and nobody is under way with the one before", () => {
    const back: SessionLife = { ...fresh, awaitedSince: START };
    expect(judgeToken(back, at(120_000), cookie)).toBe("arrived");
    expect(judgeToken({ ...back, rotateAfter: START }, at(59_999), cookie)).toBe("arrived");
    expect(judgeToken({ ...back, rotateAfter: START }, at(60_000), cookie)).toBe("renew");
    expect(judgeToken(back, at(20 * DAY_MS), cookie)).toBe("renew");
  });

  test("the one before works for 30 seconds after the new one has come back, and is worth nothing then", () => {
    const settled: SessionLife = { ...fresh, presented: "previous", previousExpiresAt: at(PREVIOUS_TOKEN_MS) };
    expect(judgeToken(settled, at(PREVIOUS_TOKEN_MS - 1), cookie)).toBe("good");
    expect(judgeToken(settled, at(PREVIOUS_TOKEN_MS), cookie)).toBe("ended");
  });
});

/** What the record holds, with tokens by number; changed by verdicts as the repository does. */
class Record {
  current = 0;
  previous: number | null = null;
  previousExpiresAt: Date | null = null;
  rotateAfter: Date | null = null;
  offeredAt: Date | null = null;
  expiresAt = at(SESSION_IDLE_MS);
  #last = 0;

  /** Whether the token counts, and the token that the answer hands out. */
  present(token: number, now: Date, canRenew: boolean): { isGood: boolean; handed: number | null } {
    if (token !== this.current && token !== this.previous) return { isGood: false, handed: null };
    const session: SessionLife = {
      presented: token === this.current ? "current" : "previous",
      createdAt: START,
      expiresAt: this.expiresAt,
      lastSeenAt: null,
      rotateAfter: this.rotateAfter,
      awaitedSince: this.previousExpiresAt === null ? this.offeredAt : null,
      previousExpiresAt: this.previousExpiresAt,
    };
    switch (judgeToken(session, now, { canRenew })) {
      case "ended":
        return { isGood: false, handed: null };
      case "good":
        return { isGood: true, handed: null };
      case "arrived":
        this.previousExpiresAt = new Date(now.getTime() + PREVIOUS_TOKEN_MS);
        return { isGood: true, handed: null };
      case "renew":
        this.#last += 1;
        this.current = this.#last;
        this.previous = token;
        this.previousExpiresAt = null;
        this.offeredAt = now;
        this.rotateAfter = null;
        this.expiresAt = extendedExpiry(session, now);
        return { isGood: true, handed: this.current };
    }
  }
}

const steps = fc.array(
  fc.oneof(
    // A request takes a while to come and its answer to get back, is lost on its way back or not, carries a cookie or not.
    { weight: 6, arbitrary: fc.tuple(fc.constant("ask"), fc.nat(12_000), fc.nat(12_000), fc.boolean(), fc.boolean()) },
    { weight: 1, arbitrary: fc.tuple(fc.constant("mark"), fc.nat(40_000)) },
    { weight: 3, arbitrary: fc.tuple(fc.constant("wait"), fc.nat(40_000)) },
    { weight: 1, arbitrary: fc.tuple(fc.constant("wait"), fc.nat(2 * DAY_MS)) },
  ),
  { maxLength: 60 },
);

test("nobody is signed out by a renewal: not by a lost answer, nor with any number of requests under way", () => {
  fc.assert(
    fc.property(steps, (plan) => {
      const record = new Record();
      let nowMs = 0;
      let jar = 0;
      const events: { atMs: number; run: (now: Date) => void }[] = [];
      const until = (ms: number) => {
        for (;;) {
          events.sort((a, b) => a.atMs - b.atMs);
          const next = events[0];
          if (next === undefined || next.atMs > ms) break;
          events.shift();
          next.run(at(next.atMs));
        }
        nowMs = ms;
      };
      for (const [kind, first, second, isLost, canRenew] of plan) {
        if (kind === "wait" && typeof first === "number") until(nowMs + first);
        else if (kind === "mark") record.rotateAfter = at(nowMs);
        else if (typeof first === "number" && typeof second === "number") {
          const token = jar;
          events.push({
            atMs: nowMs + first,
            run: (now) => {
              const { isGood, handed } = record.present(token, now, canRenew === true);
              expect(isGood).toBe(true);
              if (handed === null || isLost === true) return;
              events.push({
                atMs: now.getTime() - START.getTime() + second,
                run: () => {
                  jar = handed;
                },
              });
            },
          });
        }
      }
      until(nowMs + 60_000);
    }),
    { numRuns: 600 },
  );
});

test("who comes back within 29 days, if only for one request, stays signed in for 179 days, whatever answers are lost", () => {
  const visit = fc.record({ afterMs: fc.integer({ min: 60_000, max: 29 * DAY_MS }), isLost: fc.boolean() });
  fc.assert(
    fc.property(fc.array(visit, { minLength: 3, maxLength: 20 }), (visits) => {
      const record = new Record();
      let [nowMs, jar] = [0, 0];
      for (const { afterMs, isLost } of visits) {
        nowMs += afterMs;
        const { isGood, handed } = record.present(jar, at(nowMs), true);
        // It may end up to a day earlier: less than a day is not worth an extension.
        if (nowMs >= SESSION_MOST_MS || nowMs < SESSION_MOST_MS - DAY_MS) expect(isGood).toBe(nowMs < SESSION_MOST_MS);
        if (!isGood) return;
        if (handed !== null && !isLost) jar = handed;
      }
    }),
    { numRuns: 600 },
  );
});
