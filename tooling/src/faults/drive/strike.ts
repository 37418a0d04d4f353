/** What struck, by what it is called in the sums, and how often. */
export interface Strike {
  readonly name: string;
  readonly times: number;
}

/** How often each struck in all, by name; what never did is left out. */
export function addUp(strikes: readonly Strike[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { name, times } of strikes) sums.set(name, (sums.get(name) ?? 0) + times);
  return Object.fromEntries([...sums].filter(([, times]) => times > 0).sort(([a], [b]) => a.localeCompare(b)));
}
