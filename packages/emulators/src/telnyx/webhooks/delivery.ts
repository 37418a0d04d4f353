import { randomUUID } from "node:crypto";
import type { Leg } from "../leg/leg.ts";

/** One try to hand over a webhook. `status` is `null` when no answer came. */
export interface Attempt {
  readonly at: string;
  readonly url: string;
  readonly status: number | null;
  readonly tookMs: number;
  /** The vendor's delivery error codes: 75299 for a 2xx that is not 200. */
  readonly errors: readonly number[];
  readonly error: string | null;
}

/** A webhook and what became of it. */
export interface Delivery {
  readonly id: string;
  readonly legId: string;
  readonly sessionId: string;
  /** What its call may be named by. */
  readonly call: readonly string[];
  /** How far the clock that signs it is ahead of this machine's. */
  readonly clockAheadMs: number;
  readonly event: EventData;
  /** When it was first to go out, by this machine's clock. */
  readonly startedAt: string;
  readonly attempts: Attempt[];
  state: "pending" | "delivered" | "failed" | "dropped";
}

/** The `data` of a webhook's body. */
export interface EventData {
  readonly record_type: "event";
  readonly event_type: string;
  readonly id: string;
  readonly occurred_at: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Where one webhook goes and when it is tried again. */
export interface Route {
  readonly urls: readonly string[];
  /** Waits between the tries on one URL, in milliseconds. */
  readonly retriesMs: readonly number[];
}

/** A delivery that has not begun. */
export function newDelivery(
  { legId, sessionId, controlId, direction, from, to, clock }: LegOfDelivery,
  event: EventData,
): Delivery {
  const call = [sessionId, legId, controlId, direction === "incoming" ? from : to];
  return {
    id: randomUUID(),
    legId,
    sessionId,
    call,
    clockAheadMs: clock.aheadMs,
    event,
    startedAt: new Date().toISOString(),
    attempts: [],
    state: "pending",
  };
}

type LegOfDelivery = Pick<Leg, "legId" | "sessionId" | "controlId" | "direction" | "from" | "to" | "clock">;
