/** The value below which `share` of `values` lie; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

/** Half of the values and 99 of 100 are below these, to a hundredth. */
export function quantiles(values: readonly number[]): { p50: number; p99: number } {
  return { p50: hundredths(quantile(values, 0.5)), p99: hundredths(quantile(values, 0.99)) };
}

/** Rounded to a hundredth. */
export function hundredths(value: number): number {
  return Number(value.toFixed(2));
}
