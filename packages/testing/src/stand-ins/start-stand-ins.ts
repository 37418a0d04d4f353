import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

const CLI = path.resolve(import.meta.dirname, "../../../emulators/src/cli.ts");

/**
 * Starts the vendors' stand-ins in a process of their own: in a worker's tests, modules are resolved as for a worker, in which
 * there is no server of sockets. `addresses` reads the line in which they say where they are, `options` are those of their
 * command line. They end with this process, or by `close`.
 */
export async function startStandIns<T extends object>(
  addresses: { parse(line: unknown): T },
  options: readonly string[],
): Promise<T & { close(): Promise<void> }> {
  const child = spawn(process.execPath, [CLI, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  // Whatever ends this process ends the other.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const [line] = await once(createInterface(child.stdout), "line");
  return {
    ...addresses.parse(JSON.parse(String(line))),
    async close() {
      process.off("exit", kill);
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
