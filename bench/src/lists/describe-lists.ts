import type { ListsResult } from "./bench-lists.ts";

/** The result as a person reads it. */
export function describeLists({ sizes, rounds, measured }: ListsResult): string {
  const wide = Math.max(...measured.map(({ name }) => name.length));
  const head = `${"".padEnd(wide)}  p50/p95 ms at ${sizes[0]}  at ${sizes[1]}  growth of p95`;
  const rows = measured.map(
    ({ name, p50Ms, p95Ms, growth }) =>
      `${name.padEnd(wide)}  ${p50Ms[0]} / ${p95Ms[0]}  ${p50Ms[1]} / ${p95Ms[1]}  ${growth}`,
  );
  return [head, ...rows, `${rounds} rounds, in turns`].join("\n");
}
