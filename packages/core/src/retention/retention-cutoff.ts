import { DAY_MS } from "../durations.ts";

/** Calls that began before are older than the rule. Its days are counted in full, from the call's beginning. */
export function retentionCutoff(asOf: Date, days: number): Date {
  return new Date(asOf.getTime() - days * DAY_MS);
}
