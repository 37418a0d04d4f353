import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { runDemo } from "./demo/run-demo.ts";
import { makeScratchFolder } from "./stack/scratch-folder.ts";
import { startStack } from "./stack/start-stack.ts";

/**
 * `pnpm demo`: one call from the carrier's ring to the words, on a stack of its own that leaves nothing behind.
 * Exits with 1 when a second, a word or a notice was lost. With `--json`, standard output holds one JSON document and nothing
 * else; progress goes to standard error.
 */
const USAGE = "Usage: pnpm demo [--json] [--audio FILE.wav] [--calls N]";
const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    audio: { type: "string" },
    calls: { type: "string", default: "1" },
    help: { type: "boolean", default: false },
  },
});
const calls = Number(values.calls);
if (values.help || !Number.isInteger(calls) || calls < 1 || calls > 1000) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 2);
}
// A script of the package manager runs in the repository's folder; a relative path means the caller's.
const audioFile = values.audio && path.resolve(process.env.INIT_CWD ?? process.cwd(), values.audio);
if (audioFile && !existsSync(audioFile)) {
  console.error(`There is no file ${audioFile}.`);
  process.exit(2);
}

const tell = (line: string) => (values.json ? process.stderr : process.stdout).write(`${line}\n`);
const scratch = makeScratchFolder("demo");

try {
  tell("Starting Postgres, the vendors' stand-ins and the workers");
  const stack = await startStack({ stateFolder: scratch.path, onLog: (line) => process.stderr.write(`${line}\n`) });
  scratch.onEnd(() => stack.close());
  const [first, ...others] = await runDemo(stack, { calls, audioFile, tell });
  const reports = first === undefined ? [] : [first, ...others];
  if (values.json) console.log(JSON.stringify(others.length === 0 ? first : { ...first, calls: reports }));
  const broken = reports.filter(({ problems }) => problems.length > 0);
  tell(broken.length === 0 ? "\nNothing was lost." : `\n${broken.length} of ${reports.length} calls lost something.`);
  process.exitCode = broken.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await scratch.end();
}
