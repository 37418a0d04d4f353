import { tellCount } from "./tell-count.ts";

/**
 * The time in which an object cannot sleep: an event, a timer or a request of its own is under way. All objects of the isolate
 * count as one, which is right while one call is alone on it.
 */
let underWay = 0;
let sinceMs = 0;

/** Says that something began; the returned function that it ended, once. */
export function beginActivity(): () => void {
  if (underWay === 0) sinceMs = Date.now();
  underWay += 1;
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    underWay -= 1;
    if (underWay === 0) tellCount("object_active_ms", Date.now() - sinceMs);
  };
}

/** Has the isolate's timers and outgoing requests count as activity. */
export function watchTimersAndRequests(): void {
  const { fetch, setTimeout, clearTimeout } = globalThis;
  const timers = new Map<unknown, () => void>();
  Object.assign(globalThis, {
    fetch: (input: RequestInfo, init?: RequestInit) => {
      const end = beginActivity();
      return fetch(input, init).finally(end);
    },
    setTimeout: (work: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) => {
      const end = beginActivity();
      const timer = setTimeout(() => {
        timers.delete(timer);
        try {
          work(...given);
        } finally {
          end();
        }
      }, ms);
      timers.set(timer, end);
      return timer;
    },
    clearTimeout: (timer: Parameters<typeof clearTimeout>[0]) => {
      timers.get(timer)?.();
      timers.delete(timer);
      clearTimeout(timer);
    },
  });
}
