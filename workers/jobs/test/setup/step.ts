import type { JobStep } from "@earwitness/core";

/** The step of an attempt that nobody cancels and whose progress nobody follows. */
export function aStep(): JobStep {
  return { signal: new AbortController().signal, progress: async () => {}, checkCancelled: async () => {} };
}
