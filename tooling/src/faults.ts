import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { describeFaults } from "./faults/describe-faults.ts";
import { MOST_CALLS } from "./faults/plan/draw-plan.ts";
import { STORM_NAMES } from "./faults/plan/storms.ts";
import { runFaults } from "./faults/run-faults.ts";
import { startFaultyStack } from "./faults/start-faulty-stack.ts";
import { runWithout } from "./faults/without/run-without.ts";
import { makeScratchFolder } from "./stack/scratch-folder.ts";

/**
 * `pnpm faults`: calls at speed through the whole product while everything around it fails by a plan, then an audit of the books
 * from outside. Exits with 1 when they do not balance, with 2 when the rig itself broke down. With `--json`, standard output holds
 * one JSON document and nothing else. `--storm` adds one kind of trouble over and over. `--keep` leaves logs and data for whoever looks for the cause. `--without` takes one of the product's
 * defences out of a copy, or each in turn, and runs that, as a rule by the plan that missed it before: then it exits with 1 when the books
 * balance all the same.
 */
const USAGE = "Usage: pnpm faults [--calls N] [--seed S] [--storm NAME] [--json] [--keep] [--without DEFENCE|all]";
const { values } = parseArgs({
  options: {
    calls: { type: "string" },
    seed: { type: "string" },
    storm: { type: "string" },
    json: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
    without: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
const calls = Number(values.calls ?? 200);
const seed = Number(values.seed ?? randomInt(1_000_000));
const storm = STORM_NAMES.find((name) => name === values.storm);
const isUnknownStorm = values.storm !== undefined && storm === undefined;
const isCount = Number.isInteger(calls) && calls >= 1 && calls <= MOST_CALLS;
if (values.help || !isCount || !Number.isSafeInteger(seed) || isUnknownStorm) {
  console.error(`${USAGE}\nUp to ${MOST_CALLS} calls; a seed is a whole number, and the same one is the same plan.`);
  console.error(`A storm is one of: ${STORM_NAMES.join(", ")}.`);
  process.exit(values.help ? 0 : 2);
}
if (values.without !== undefined) {
  const wished = { ...(values.calls && { calls }), ...(values.seed && { seed }), ...(storm && { storm }) };
  process.exit((await runWithout(values.without, wished, (line) => console.log(line))) ? 0 : 1);
}

const tell = (line: string) => (values.json ? process.stderr : process.stdout).write(`${line}\n`);
const scratch = makeScratchFolder("faults", { keep: values.keep });
if (values.keep) scratch.onEnd(() => void tell(`Kept in ${scratch.path}`));

try {
  tell("Starting Postgres, the vendors' stand-ins and the workers");
  const stack = await startFaultyStack({ stateFolder: scratch.path });
  scratch.onEnd(() => stack.close());
  const report = await runFaults(stack, { calls, seed, storm, tell });
  if (values.json) console.log(JSON.stringify(report));
  else tell(describeFaults(report));
  process.exitCode = report.ok ? 0 : 1;
} catch (error) {
  console.error(error);
  // Not 1: nothing is known of the books.
  process.exitCode = 2;
} finally {
  await scratch.end();
  // A runtime that did not start keeps the process alive.
  process.exit();
}
