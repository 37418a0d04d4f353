import { answeredSpan } from "../books/carrier-books.ts";
import type { Books } from "./books.ts";
import type { Finding } from "./finding.ts";

/** Each call's length is rounded to a millisecond before it is added. */
const ROUNDING_MS_PER_CALL = 1;

/** What the record says was used is what the carrier and its files add up to: nothing is left out, and nothing counted again. */
export function auditUsage({ carrier, planned, record, storage }: Books): Finding[] {
  const files = carrier.flatMap(({ recordings }) => recordings);
  const stored = record.recordings.map(({ r2_key }) => storage.get(r2_key ?? "")?.sizeBytes ?? 0);
  const sums: Record<string, number> = {
    recorded_ms: total(files.map(({ durationMs }) => durationMs)),
    stored_bytes: total(stored),
  };
  for (const [way, direction] of [
    ["in", "incoming"],
    ["out", "outgoing"],
  ] as const) {
    const legs = carrier.filter((leg) => leg.direction === direction);
    sums[`calls_${way}bound`] = planned.filter((call) => call.way === way).length;
    sums[`answered_ms_${way}bound`] = total(
      legs.map((leg) => {
        const span = answeredSpan(leg);
        return span === null ? 0 : span.toMs - span.fromMs;
      }),
    );
  }
  const told = new Map(record.usage.map(({ metric, quantity }) => [metric, quantity]));
  return Object.entries(sums).flatMap(([metric, was]): Finding[] => {
    const says = told.get(metric) ?? 0;
    const tolerance = metric.startsWith("answered_ms") ? planned.length * ROUNDING_MS_PER_CALL : 0;
    return Math.abs(says - was) <= tolerance
      ? []
      : [{ kind: "different", what: `${Math.round(was)} used, and ${says} by the record`, where: `usage ${metric}` }];
  });
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
