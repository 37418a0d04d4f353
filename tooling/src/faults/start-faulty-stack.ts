import path from "node:path";
import { type Stack, type StackOptions, startStack } from "../stack/start-stack.ts";
import { PACE } from "./run-faults.ts";
import { writeFaultyEntries } from "./workers/write-entries.ts";

/** The stack as a run with faults needs it: fast calls, and the rig's own door in two of the workers. */
export function startFaultyStack(options: Pick<StackOptions, "stateFolder" | "onLog">): Promise<Stack> {
  return startStack({
    ...options,
    entries: writeFaultyEntries(path.join(options.stateFolder, "entries")),
    emulators: {
      telnyx: { pace: PACE, requestsPerMinute: 1_000_000 },
      assemblyai: { processingMs: 200, webhookRetryMs: 2_000, requestsPerWindow: 1_000_000 },
      resend: { requestsPerSecond: 50 },
    },
  });
}
