import type { CountedCall } from "./count-call.ts";
import type { CountName } from "./count-name.ts";
import type { Cost } from "./price-units.ts";
import { PRICES_OF } from "./prices.ts";

const GIB = 1_000_000_000;
const R2_USD_A_GB_MONTH = 0.015;
const THOUSAND_MINUTES_MS = 60_000_000;

/** The measured calls as Markdown: a table each, and what they sum up to. */
export function describeCost(calls: readonly { call: CountedCall; cost: Cost }[]): string {
  return calls.map(({ call, cost }) => describeOne(call, cost)).join("\n\n");
}

function describeOne(call: CountedCall, cost: Cost): string {
  const seconds = Math.round(call.talkMs / 1000);
  const storedGb = (call.storedBytes * THOUSAND_MINUTES_MS) / call.talkMs / GIB;
  return [
    `**${call.withCaptions ? "With" : "Without"} captions: $${cost.usd.toFixed(3)} per 1,000 call-minutes** (one call of ${seconds} s, prices of ${PRICES_OF})`,
    "",
    "| billed | units per 1,000 call-minutes | $ |",
    "|---|---:|---:|",
    ...cost.lines.map(({ name, units, usd }) => `| ${name} | ${formatCount(units)} | ${usd.toFixed(4)} |`),
    "",
    `Rows written in a call-minute: ${describeParts(call, "row_written")}. Object requests: ${describeParts(call, "object_request")}. Queue messages: ${describeParts(call, "queue_message")}.`,
    "",
    `Processor: ${processorOf(call)}.`,
    "",
    `Kept: ${storedGb.toFixed(2)} GB per 1,000 call-minutes, $${(storedGb * R2_USD_A_GB_MONTH).toFixed(3)} for each month that it is kept.`,
  ].join("\n");
}

function processorOf({ processor, talkMs }: CountedCall): string {
  const [all, workers] = [processor.runtimeMs, processor.workersMs].map((ms) => Math.round((ms * 60_000) / talkMs));
  return `${all} ms in a call-minute, all of the runtime's together; ${workers} ms of them for workers, which are billed for it`;
}

/** What a count is made of, each for a minute of the call, most first. */
function describeParts({ counts, talkMs }: CountedCall, name: CountName): string {
  const parts = Object.entries(counts.parts[name] ?? {}).toSorted(([, a], [, b]) => b - a);
  return parts.map(([of, n]) => `${of} ${((n * 60_000) / talkMs).toFixed(1)}`).join(", ");
}

function formatCount(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}
