import { parseArgs } from "node:util";
import { benchDoor } from "./door/bench-door.ts";
import { describeDoor } from "./door/describe-door.ts";

/** `pnpm bench door [--json] [--calls N]`. With `--json`, standard output holds one JSON document and nothing else. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, calls: { type: "string", default: "600" } },
});
const calls = Number(values.calls);
if (positionals[0] !== "door" || positionals.length > 1 || !Number.isInteger(calls) || calls < 1) {
  console.error("Usage: pnpm bench door [--json] [--calls N]");
  process.exit(2);
}
const result = await benchDoor({ callsPerRound: calls, tell: (line) => console.error(line) });
console.log(values.json ? JSON.stringify(result) : describeDoor(result));
