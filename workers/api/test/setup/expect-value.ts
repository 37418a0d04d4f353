/** The value, which the test has made sure is there. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("The test expected a value here.");
  return value;
}
