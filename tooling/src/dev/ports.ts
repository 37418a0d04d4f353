import { findPort } from "../stack/ports.ts";

/** Where each address is expected, in the order in which they are printed. */
const WANTED = { web: 3000, api: 8787, webhooks: 8788, storage: 8789, phone: 8790 } as const;
export type DevPort = keyof typeof WANTED;

/** The ports to use, no two the same, and a sentence for each that was taken and moved past. */
export async function choosePorts(): Promise<{ ports: Record<DevPort, number>; moved: string[] }> {
  const ports: Record<DevPort, number> = { ...WANTED };
  const moved: string[] = [];
  // Past what the others want, too: their addresses should not depend on who comes first.
  const spoken = new Set<number>(Object.values(WANTED));
  for (const name of ["web", "api", "webhooks", "storage", "phone"] as const) {
    const wanted = WANTED[name];
    let port = await findPort(wanted);
    while (port !== wanted && spoken.has(port)) port = await findPort(port + 1);
    spoken.add(port);
    ports[name] = port;
    if (port !== wanted) moved.push(`Port ${wanted} (${name}) is taken by another program; using ${port}.`);
  }
  return { ports, moved };
}
