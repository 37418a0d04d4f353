import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openWorkspaceOn, startStack, workerEntry } from "@earwitness/tooling";
import { runtimePid } from "../media/runtime-process.ts";
import type { LiveCarrier } from "./carrier.ts";
import { startWatcher, type Watcher } from "./watcher.ts";

/** The whole product, between a carrier and a transcriber of the benchmark's own. */
export interface Live {
  pid: number;
  pipeUrl: string;
  watcher: Watcher;
  close(): Promise<void>;
}

/** Starts it with its state in `folder`, one workspace and one number. Close it; where the start fails nothing is left running. */
export async function startLive(folder: string, carrier: LiveCarrier, transcriberUrl: string): Promise<Live> {
  const stack = await startStack({
    stateFolder: folder,
    entries: { webhooks: webhooksWithPipe(path.join(folder, "entries")) },
    bindings: {
      TELNYX_BASE_URL: carrier.apiUrl,
      TELNYX_API_KEY: "bench",
      TELNYX_PUBLIC_KEY: carrier.publicKey,
      TELNYX_CONNECTION_ID: "1",
      ASSEMBLYAI_STREAMING_URL: socketUrl(transcriberUrl),
      BENCH_PIPE_URL: transcriberUrl,
    },
  });
  try {
    const { api: apiUrl, webhooks } = stack.urls;
    const workspace = await openWorkspaceOn(stack, "bench@example.com");
    const number = workspace.numbers[0];
    if (number === undefined) throw new Error("The workspace has no number");
    await carrier.useDoor({ noticesUrl: `${webhooks}/webhooks/telnyx`, number: number.e164 });
    const watcher = await startWatcher({ apiUrl, cookie: workspace.cookie, client: workspace.client });
    return {
      pid: runtimePid(),
      pipeUrl: `${socketUrl(webhooks)}/bench-pipe`,
      watcher,
      async close() {
        watcher.close();
        await stack.close();
      },
    };
  } catch (error) {
    await stack.close();
    throw error;
  }
}

function webhooksWithPipe(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "webhooks.ts");
  const withPipe = path.join(import.meta.dirname, "workers/with-pipe.ts");
  writeFileSync(
    file,
    [
      `import worker from ${JSON.stringify(workerEntry("webhooks"))};`,
      `import { withPipe } from ${JSON.stringify(withPipe)};`,
      "export default withPipe(worker);",
    ].join("\n"),
  );
  return file;
}

function socketUrl(url: string): string {
  return url.replace(/^http/, "ws");
}
