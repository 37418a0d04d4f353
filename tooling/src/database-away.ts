import { parseArgs } from "node:util";
import { describeOutage } from "./database-away/describe-outage.ts";
import { rideOutage } from "./database-away/ride-outage.ts";
import { openWorkspaceOn } from "./session/open-workspace-on.ts";
import { makeScratchFolder } from "./stack/scratch-folder.ts";
import { startStack } from "./stack/start-stack.ts";

const USAGE = `Takes the database away under steady calls, on a stack of its own that leaves nothing behind.

  pnpm database-away [--minutes N] [--every-ms N] [--json]

  --minutes   how long it is away: 10
  --every-ms  a call begins so often: 3000

Ends with 1 if a notice was not acknowledged at once, anything was lost, or catching up took longer than the outage.`;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    "every-ms": { type: "string", default: "3000" },
    json: { type: "boolean", default: false },
  },
});
const [minutes, everyMs] = [Number(values.minutes), Number(values["every-ms"])];
if (!(minutes > 0 && minutes <= 60 && everyMs >= 100)) {
  console.error(USAGE);
  process.exit(2);
}

const scratch = makeScratchFolder("away");

try {
  const stack = await startStack({
    stateFolder: scratch.path,
    emulators: { telnyx: { pace: 5 }, assemblyai: { processingMs: 500 } },
  });
  scratch.onEnd(() => stack.close());
  await openWorkspaceOn(stack, "owner@example.com");
  const tell = (line: string) => console.error(line);
  const result = await rideOutage(stack, { outageMs: minutes * 60_000, everyMs, tell });
  console.log(values.json ? JSON.stringify(result) : describeOutage(result));
  process.exitCode = result.ok ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await scratch.end();
}
