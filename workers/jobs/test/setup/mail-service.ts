import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

const CLI = path.resolve(import.meta.dirname, "../../../../packages/emulators/src/cli.ts");
const Addresses = z.object({
  resend: z.object({ url: z.string(), key: z.string() }),
  control: z.object({ url: z.string() }),
});

/**
 * The vendors' stand-ins, of which the mail service is used, in a process of their own: here, modules are resolved as for a
 * worker, in which there is no server of sockets.
 */
export async function startMailService(): Promise<z.infer<typeof Addresses> & { close(): Promise<void> }> {
  const child = spawn(process.execPath, [CLI, "--resend-requests-per-second", "1000"], {
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
