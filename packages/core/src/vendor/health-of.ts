import type { VendorHealthView } from "@earwitness/shared";
import { recentOf } from "./breaker.ts";
import type { GateState } from "./gate-state.ts";

/** How a vendor does, as the screen of operations shows it. `atMost`: so many may ask it at once. */
export function healthOf(
  state: GateState,
  { nowMs, atMost }: { nowMs: number; atMost: number },
): Omit<VendorHealthView, "vendor"> {
  const { breaker, lastFailure } = state;
  const recent = recentOf(state, nowMs);
  const pausedUntilMs = (state.pausedUntilMs ?? 0) > nowMs ? state.pausedUntilMs : null;
  return {
    breaker: breaker.kind,
    since: instant(breaker.sinceMs),
    retryAt: instant(breaker.kind === "open" ? Math.max(breaker.retryAtMs, pausedUntilMs ?? 0) : pausedUntilMs),
    running: state.permits.filter(({ untilMs }) => untilMs > nowMs).length,
    atMost,
    recentRequests: recent.length,
    recentFailures: recent.filter(({ isFailed }) => isFailed).length,
    p95Ms: p95Of(recent.map(({ durationMs }) => durationMs)),
    lastFailure:
      lastFailure === null
        ? null
        : {
            at: new Date(lastFailure.atMs).toISOString(),
            code: lastFailure.code,
            message: lastFailure.message,
          },
  };
}

/** The smallest that at least 95 % do not exceed; null of none. */
function p95Of(durationsMs: readonly number[]): number | null {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  const worst = sorted[Math.ceil(0.95 * sorted.length) - 1];
  return worst === undefined ? null : Math.round(worst);
}

function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
