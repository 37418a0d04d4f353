/** A provider that is silent for longer is taken for dead: a person waits. */
const TIME_LIMIT_MS = 8_000;

/** `fetch` that gives up in time, for everything that is asked of a provider. It follows no redirect with our secrets. */
export const boundedFetch: typeof fetch = (input, init) =>
  fetch(input, { ...init, redirect: "manual", signal: AbortSignal.timeout(TIME_LIMIT_MS) });
