const DAY_MS = 24 * 60 * 60_000;

/** Calls that began before are older than the rule. Its days are counted in full, from the call's beginning. */
export function retentionCutoff(asOf: Date, days: number): Date {
  return new Date(asOf.getTime() - days * DAY_MS);
}
