import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { Addresses, publishAddresses } from "./addresses.ts";

/** Starts the product for the whole run and returns what stops it. */
export default async function setUp(): Promise<() => Promise<void>> {
  const server = spawn(process.execPath, [path.join(import.meta.dirname, "serve.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(server, "exit");
  const tearDown = async () => {
    server.stdin.end();
    await exited;
  };
  const line = await Promise.race([
    once(createInterface(server.stdout), "line").then(([text]) => String(text)),
    exited.then(([code]) => {
      throw new Error(`The product did not start; its process ended with ${code}`);
    }),
  ]);
  publishAddresses(Addresses.parse(JSON.parse(line)));
  return tearDown;
}
