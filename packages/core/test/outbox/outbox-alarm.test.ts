import { describe, expect, test } from "vitest";
import { armingOutbox, OUTBOX_ALARM_MS } from "../../src/outbox/arm-outbox.ts";
import { nextAlarmMs } from "../../src/outbox/next-alarm.ts";
import type { UnitOfWork } from "../../src/ports/index.ts";

describe("the outbox is armed", () => {
  test("before the commit, and again only after a while", async () => {
    const order: string[] = [];
    let nowMs = 0;
    const unitOfWork: UnitOfWork = async () => {
      order.push("commit");
      throw new Error("What it does is of no account here");
    };
    const armed = armingOutbox(() => nowMs)(unitOfWork, () => order.push("arm"));
    for (const atMs of [0, 1_999, 2_000]) {
      nowMs = atMs;
      await armed(async () => {}).catch(() => {});
    }
    expect(order).toEqual(["arm", "commit", "commit", "arm", "commit"]);
  });
});

describe("the alarm rings again", () => {
  const nowMs = 100_000;

  test("when the next row's time comes, not at once", () => {
    expect(nextAlarmMs({ nowMs, nextDueMs: nowMs + 7_000, armedAtMs: null })).toBe(nowMs + 7_000);
    expect(nextAlarmMs({ nowMs, nextDueMs: nowMs - 7_000, armedAtMs: null })).toBe(nowMs + 1_000);
  });

  test("for who armed it while it was set, and may have committed after it rang", () => {
    const armedAtMs = nowMs - 10;
    expect(nextAlarmMs({ nowMs, nextDueMs: null, armedAtMs })).toBe(armedAtMs + OUTBOX_ALARM_MS);
    expect(nextAlarmMs({ nowMs, nextDueMs: nowMs + 60_000, armedAtMs })).toBe(armedAtMs + OUTBOX_ALARM_MS);
  });

  test("not at all once nothing is left", () => {
    expect(nextAlarmMs({ nowMs, nextDueMs: null, armedAtMs: null })).toBeNull();
    expect(nextAlarmMs({ nowMs, nextDueMs: null, armedAtMs: nowMs - OUTBOX_ALARM_MS })).toBeNull();
  });
});
