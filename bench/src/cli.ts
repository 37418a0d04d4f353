import { parseArgs } from "node:util";
import { benchDoor } from "./door/bench-door.ts";
import { describeDoor } from "./door/describe-door.ts";

/** `pnpm bench door [--json] [--calls N] [--concurrency N]`. With `--json`, standard output holds one JSON document and nothing else. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    calls: { type: "string", default: "300" },
    concurrency: { type: "string", default: "16" },
  },
});
const [calls, concurrency] = [Number(values.calls), Number(values.concurrency)];
const isUsable = [calls, concurrency].every((count) => Number.isInteger(count) && count > 0);
if (positionals[0] !== "door" || positionals.length > 1 || !isUsable) {
  console.error("Usage: pnpm bench door [--json] [--calls N] [--concurrency N]");
  process.exit(2);
}
const result = await benchDoor({ callsPerRound: calls, concurrency, tell: (line) => console.error(line) });
console.log(values.json ? JSON.stringify(result) : describeDoor(result));
