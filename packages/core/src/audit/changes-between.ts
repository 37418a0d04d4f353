/** What of a thing was changed, for the audit log: each field of `wished` that is another now, as it was and as it is. */
export function changesBetween<T extends object>(
  before: T,
  after: T,
  wished: { readonly [K in keyof T]?: T[K] | undefined },
): Record<string, { before: unknown; after: unknown }> {
  const changes: Record<string, { before: unknown; after: unknown }> = {};
  for (const field in wished) {
    if (JSON.stringify(before[field]) === JSON.stringify(after[field])) continue;
    changes[field] = { before: before[field], after: after[field] };
  }
  return changes;
}
