import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { type CountedCall, countCall } from "./count-call.ts";
import { describeCost } from "./describe-cost.ts";
import { priceUnits } from "./price-units.ts";
import { writeBetweenMarkers } from "./write-between-markers.ts";

/**
 * `pnpm cost [--json] [--seconds N] [--write]`: what 1,000 call-minutes cost on the platform, from one measured call with captions
 * and one without. `--write` puts it into `docs/cost.md`. With `--json`, standard output holds one JSON document and nothing else.
 */
const PAGE = path.join(import.meta.dirname, "../../../docs/cost.md");
const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    seconds: { type: "string", default: "180" },
  },
});
const seconds = Number(values.seconds);
if (!Number.isInteger(seconds) || seconds < 1) {
  console.error("Usage: pnpm cost [--json] [--seconds N] [--write]");
  process.exit(2);
}

const measured = [];
for (const withCaptions of [true, false]) {
  const call = await measure(withCaptions);
  measured.push({ call, cost: priceUnits(call.units, call.talkMs) });
}
const text = describeCost(measured);
if (values.write) writeFileSync(PAGE, writeBetweenMarkers(readFileSync(PAGE, "utf8"), "measured", text));
console.log(values.json ? JSON.stringify(measured) : text);

async function measure(withCaptions: boolean): Promise<CountedCall> {
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-cost-"));
  try {
    return await countCall({ folder, seconds, withCaptions, tell: (line) => console.error(line) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
