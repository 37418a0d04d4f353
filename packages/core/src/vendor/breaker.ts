import type { GateReport, GateState, GateVerdict } from "./gate-state.ts";

/** So many requests are looked at, none older than this: what a vendor did an hour ago says nothing of it now. */
const RECENT_REQUESTS = 20;
const RECENT_MS = 5 * 60_000;
/** Of fewer, chance makes half. */
const FEWEST_TO_JUDGE = 6;
const FAILED_SHARE_THAT_OPENS = 0.5;
/** How long a vendor is let alone: first, and at most after trying in vain again and again. */
const FIRST_REST_MS = 10_000;
const LONGEST_REST_MS = 2 * 60_000;
/** A holder that has not said for so long that it lives is dead, and its permit another's. */
export const PERMIT_MS = 30_000;
/** While one tries whether the vendor is back, the others ask again after this. */
const WHILE_TRYING_MS = 2_000;
/** Who finds no place comes back not sooner than this, and not later. */
const SOONEST_TURN_MS = 500;
const LATEST_TURN_MS = 60_000;

/** Decides whether `holder` may ask the vendor now, or when it should come again. A holder that has a permit keeps it. */
export function enterGate(
  before: GateState,
  holder: string,
  { nowMs, atMost }: { nowMs: number; atMost: number },
): { state: GateState; verdict: GateVerdict } {
  const state = withoutDead(before, nowMs);
  const restMs = restOf(state, nowMs);
  if (restMs > 0) return { state, verdict: { kind: "wait", waitMs: restMs } };
  const others = state.permits.filter((permit) => permit.holder !== holder);
  const permits = [...others, { holder, untilMs: nowMs + PERMIT_MS }];
  const { breaker } = state;
  if (breaker.kind !== "closed") {
    // Its time is over: this one tries. One that died trying has no permit any more, and leaves its place to this one.
    const isTried = breaker.kind === "half_open" && others.some((permit) => permit.holder === breaker.probe);
    if (isTried) return { state, verdict: { kind: "wait", waitMs: WHILE_TRYING_MS } };
    const sinceMs = breaker.kind === "half_open" ? breaker.sinceMs : nowMs;
    const trying = { kind: "half_open", sinceMs, probe: holder, times: breaker.times } as const;
    return { state: { ...state, permits, breaker: trying }, verdict: { kind: "go" } };
  }
  if (others.length >= atMost) return takeTurn(state, nowMs, atMost);
  return { state: { ...state, permits }, verdict: { kind: "go" } };
}

/** A holder says that it lives, and holds its permit for longer; also one that was taken for dead. */
export function renewPermit(before: GateState, holder: string, nowMs: number): GateState {
  const others = before.permits.filter((permit) => permit.holder !== holder);
  return { ...before, permits: [...others, { holder, untilMs: nowMs + PERMIT_MS }] };
}

/** A holder is through, and says how the vendor did. */
export function leaveGate(before: GateState, holder: string, report: GateReport, nowMs: number): GateState {
  const permits = before.permits.filter((permit) => permit.holder !== holder);
  const state: GateState = { ...before, permits };
  if (report.kind === "other") return state;
  const isFailed = report.kind === "failed";
  const noted: GateState = {
    ...state,
    recent: [...recentOf(state, nowMs), { atMs: nowMs, isFailed, durationMs: report.durationMs }].slice(
      -RECENT_REQUESTS,
    ),
    ...(isFailed && {
      lastFailure: { atMs: nowMs, code: report.code, message: report.message },
      pausedUntilMs: Math.max(state.pausedUntilMs ?? 0, nowMs + (report.retryAfterMs ?? 0)),
    }),
  };
  return judge(noted, holder, isFailed, nowMs);
}

/** Of those let in before it opened only the one that tries decides whether the vendor is back. */
function judge(state: GateState, holder: string, isFailed: boolean, nowMs: number): GateState {
  const { breaker, recent } = state;
  if (breaker.kind === "half_open" && breaker.probe === holder) {
    if (isFailed) return opened(state, breaker.times + 1, nowMs);
    // What was before it is over: its failures would open it again.
    return { ...state, breaker: { kind: "closed", sinceMs: nowMs }, recent: recent.slice(-1), pausedUntilMs: null };
  }
  if (!isFailed || breaker.kind !== "closed" || recent.length < FEWEST_TO_JUDGE) return state;
  const failed = recent.filter((each) => each.isFailed).length;
  return failed / recent.length < FAILED_SHARE_THAT_OPENS ? state : opened(state, 1, nowMs);
}

function opened(state: GateState, times: number, nowMs: number): GateState {
  // 2^10 is past the longest rest.
  const restMs = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(times - 1, 10));
  return { ...state, breaker: { kind: "open", sinceMs: nowMs, retryAtMs: nowMs + restMs, times } };
}

/** How much longer nobody may ask; 0 for not at all. */
function restOf({ breaker, pausedUntilMs }: GateState, nowMs: number): number {
  const openMs = breaker.kind === "open" ? breaker.retryAtMs - nowMs : 0;
  return Math.max(0, openMs, (pausedUntilMs ?? 0) - nowMs);
}

/** Those who find no place are told to come back one after the other, as fast as the vendor gets through with them. */
function takeTurn(state: GateState, nowMs: number, atMost: number): { state: GateState; verdict: GateVerdict } {
  const durations = state.recent.map(({ durationMs }) => durationMs);
  const meanMs = durations.length === 0 ? 1_000 : durations.reduce((sum, each) => sum + each, 0) / durations.length;
  const turnMs = Math.min(Math.max(state.nextTurnMs, nowMs + SOONEST_TURN_MS), nowMs + LATEST_TURN_MS);
  return {
    state: { ...state, nextTurnMs: turnMs + meanMs / atMost },
    verdict: { kind: "wait", waitMs: Math.ceil(turnMs - nowMs) },
  };
}

function withoutDead(state: GateState, nowMs: number): GateState {
  return { ...state, permits: state.permits.filter(({ untilMs }) => untilMs > nowMs) };
}

/** The last requests that still say something. */
export function recentOf({ recent }: GateState, nowMs: number): GateState["recent"] {
  return recent.filter(({ atMs }) => atMs > nowMs - RECENT_MS);
}
