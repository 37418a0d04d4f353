import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { describeOutage } from "./database-away/describe-outage.ts";
import { rideOutage } from "./database-away/ride-outage.ts";
import { openWorkspace } from "./session/open-workspace.ts";
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

const stateFolder = mkdtempSync(path.join(tmpdir(), "earwitness-away-"));
const cleanUp: (() => Promise<void> | void)[] = [() => rmSync(stateFolder, { recursive: true, force: true })];
async function close() {
  for (const step of cleanUp.splice(0).reverse()) await step();
}
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void close().then(() => process.exit(130)));

try {
  const stack = await startStack({
    stateFolder,
    emulators: { telnyx: { pace: 5 }, assemblyai: { processingMs: 500 } },
  });
  cleanUp.push(() => stack.close());
  await openWorkspace({
    apiUrl: stack.urls.api,
    appOrigin: stack.urls.api,
    mailboxUrl: stack.emulators.control.url,
    email: "owner@example.com",
  });
  const tell = (line: string) => console.error(line);
  const result = await rideOutage(stack, { outageMs: minutes * 60_000, everyMs, tell });
  console.log(values.json ? JSON.stringify(result) : describeOutage(result));
  process.exitCode = result.ok ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await close();
}
