import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

import { z } from "zod";
import { APP_ORIGIN } from "./app-origin.ts";

const CLI = path.resolve(import.meta.dirname, "../../../../packages/emulators/src/cli.ts");
const Vendor = z.object({ url: z.string(), key: z.string() });
const Provider = z.object({ url: z.string(), clientId: z.string(), clientSecret: z.string() });
const Addresses = z.object({
  telnyx: Vendor.extend({ connectionId: z.string() }),
  assemblyai: Vendor,
  resend: Vendor,
  google: Provider,
  github: Provider,
  control: z.object({ url: z.string() }),
});

/**
 * The vendors' stand-ins in a process of their own: here, modules are resolved as for a worker, in which there is no server
 * of sockets.
 */
export async function startStandIns(): Promise<z.infer<typeof Addresses> & { close(): Promise<void> }> {
  const child = spawn(process.execPath, [CLI, "--app-origin", APP_ORIGIN], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  // Whatever ends this process ends the other.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const [line] = await once(createInterface(child.stdout), "line");
  return {
    ...Addresses.parse(JSON.parse(String(line))),
    async close() {
      process.off("exit", kill);
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
