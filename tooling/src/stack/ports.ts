import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Below the range from which Linux (from 32768) and macOS (from 49152) take the ports of outgoing connections: one of those
 * could take a port between its choice and its use.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/**
 * Finds a free port on the loopback interface: `wanted`, or the next free one above it; without `wanted`, any.
 * It is free at the time of the answer, which is as much as a probe can promise.
 */
export async function findPort(wanted = randomInt(LOWEST, HIGHEST)): Promise<number> {
  const LAST_PORT = 65_535;
  for (let port = wanted; port <= LAST_PORT; port++) {
    const found = await tryPort(port);
    if (found !== undefined) return found;
  }
  throw new Error(`No port is free from ${wanted} upwards`);
}

/** Free for both loopback addresses: what listens on one of them alone would answer half of the browser's requests. */
async function tryPort(port: number): Promise<number | undefined> {
  const found = await listen(port, "127.0.0.1");
  if (found === undefined) return undefined;
  const [onV6, everywhere] = [await listen(found, "::1"), await listen(found, "0.0.0.0")];
  return onV6 === undefined || everywhere === undefined ? undefined : found;
}

/** The port it could listen on. An address that this machine does not have counts as free. */
function listen(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(undefined);
      else if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT") resolve(port);
      else reject(error);
    });
    probe.listen({ port, host, exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(address === null || typeof address === "string" ? undefined : address.port));
    });
  });
}
