import type { UnitOfWork } from "../ports/unit-of-work.ts";

/** How long after it was armed the outbox is looked at. Effects that nobody let out until then are late. */
export const OUTBOX_ALARM_MS = 5_000;
/** Arming covers every commit of the isolate for so long: what is armed now rings when the last of them is long through. */
const ARMED_FOR_MS = 2_000;

/** What has the outbox drained within seconds, should whoever commits into it die before they drain it themselves. */
export interface OutboxAlarmDoor {
  /** Has the outbox looked at in `OUTBOX_ALARM_MS`, or sooner where that was asked before. */
  arm(): Promise<void>;
}

/**
 * Units of work that arm the outbox's alarm before they begin, beside them and not in their way. One of these for each isolate,
 * so that it is not armed more often than it helps: `armed(unitOfWork, arm)`.
 */
export function armingOutbox(now: () => number): (unitOfWork: UnitOfWork, arm: () => void) => UnitOfWork {
  let armedAtMs = Number.NEGATIVE_INFINITY;
  return (unitOfWork, arm) => (work) => {
    if (now() - armedAtMs >= ARMED_FOR_MS) {
      armedAtMs = now();
      arm();
    }
    return unitOfWork(work);
  };
}
