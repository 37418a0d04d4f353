import { createServer } from "node:http";
import path from "node:path";
import {
  bundleWorker,
  bundleWorkers,
  findPort,
  forEachWorker,
  localSecrets,
  logToFile,
  serviceName,
  startGuardian,
  startRuntime,
  WORKERS,
  workerOptions,
} from "@earwitness/tooling";

export interface Door {
  doorUrl: string;
  emptyUrl: string;
  close: () => Promise<void>;
}

/**
 * Starts the door as it is deployed (webhooks, rooms, the queue between them) and an empty Hono route on one workerd.
 * Behind them, a carrier that agrees to every command and a consumer that takes every message: both cost next to nothing.
 */
export async function startDoor(folder: string, telnyxPublicKey: string): Promise<Door> {
  const guardian = await startGuardian(folder);
  const secrets = localSecrets(folder);
  const log = logToFile(path.join(folder, "workers.log"));
  const carrierPort = await findPort();
  const carrier = createServer((request, response) => {
    request.resume();
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ data: { result: "ok" } }));
  }).listen(carrierPort, "127.0.0.1");

  const bundles = await bundleWorkers(path.join(folder, "bundles"));
  const empty = path.join(folder, "bundles/empty/index.js");
  const settled = path.join(folder, "bundles/settled/index.js");
  await bundleWorker(path.join(import.meta.dirname, "empty-worker.ts"), empty);
  await bundleWorker(path.join(import.meta.dirname, "settled-worker.ts"), settled);

  const ports = forEachWorker(() => 0);
  for (const worker of WORKERS) ports[worker] = await findPort();
  const emptyPort = await findPort();
  const webhooksUrl = `http://127.0.0.1:${ports.webhooks}`;
  const ours = await workerOptions({
    bundles: { ...bundles.files, jobs: settled },
    ports,
    bindings: {
      TELNYX_BASE_URL: `http://127.0.0.1:${carrierPort}`,
      TELNYX_API_KEY: "bench",
      TELNYX_PUBLIC_KEY: telnyxPublicKey,
      TELNYX_CONNECTION_ID: "1",
      ASSEMBLYAI_WEBHOOK_SECRET: secrets.assemblyaiWebhookSecret,
      ASSEMBLYAI_STREAMING_URL: "ws://127.0.0.1:1",
      LIVE_SECRET: secrets.liveSecret,
      WEBHOOKS_ORIGIN: webhooksUrl,
    },
    databaseUrl: "postgresql://nobody:nothing@127.0.0.1:1/none",
    secrets,
  });
  const [anyWorker] = ours;
  const runtime = await startRuntime({
    workers: [
      ...ours.filter(({ name }) => name !== serviceName("api")),
      {
        name: "empty",
        modules: true,
        scriptPath: empty,
        modulesRoot: path.dirname(empty),
        compatibilityDate: anyWorker?.compatibilityDate ?? "",
        compatibilityFlags: anyWorker?.compatibilityFlags ?? [],
        unsafeDirectSockets: [{ host: "127.0.0.1", port: emptyPort }],
      },
    ],
    port: await findPort(),
    storageFolder: path.join(folder, "storage"),
    registryFolder: path.join(folder, "registry"),
    healthUrls: { webhooks: `${webhooksUrl}/health`, empty: `http://127.0.0.1:${emptyPort}/health` },
    guardian,
    log: log.sink,
  });
  return {
    doorUrl: `${webhooksUrl}/webhooks/telnyx`,
    emptyUrl: `http://127.0.0.1:${emptyPort}/`,
    close: async () => {
      await runtime.close();
      await bundles.close();
      carrier.closeAllConnections();
      carrier.close();
      log.close();
      guardian.release();
    },
  };
}
