import path from "node:path";
import type { V4WorkerOptions } from "miniflare";
import { z } from "zod";
import { REPOSITORY } from "../paths.ts";
import type { LocalSecrets } from "./local-secrets.ts";
import { serviceName, WORKERS, type WorkerName } from "./workers.ts";

/** What of wrangler's translation is changed here; the rest passes as it is. */
const Translated = z.looseObject({
  bindings: z.record(z.string(), z.string()).default({}),
  r2Buckets: z.record(z.string(), z.object({ id: z.string() })).default({}),
});

/**
 * Each worker as Miniflare takes it: what its wrangler.toml says, translated by wrangler itself, with this run's bundle,
 * port, values and database put in.
 */
export async function workerOptions(options: {
  bundles: Record<WorkerName, string>;
  ports: Record<WorkerName, number>;
  bindings: Record<string, string>;
  databaseUrl: string;
  secrets: LocalSecrets;
}): Promise<V4WorkerOptions[]> {
  process.env.WRANGLER_SEND_METRICS = "false";
  // It greets each Hyperdrive binding on standard output, which belongs to whoever runs us.
  process.env.WRANGLER_LOG = "error";
  process.env.CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE = options.databaseUrl;
  // Loaded late: it takes a second or two to parse, in which the database can already start.
  const { unstable_getMiniflareWorkerOptions: translate } = await import("wrangler");

  // The keys that sign presigned URLs are those that the local buckets' S3 door knows.
  const s3Credentials = {
    accessKeyId: options.secrets.r2AccessKeyId,
    secretAccessKey: options.secrets.r2SecretAccessKey,
  };
  return WORKERS.map((worker) => {
    const translation = translate(path.join(REPOSITORY, "workers", worker, "wrangler.toml"));
    // The two left out describe the sources; we load a finished bundle.
    const { rootPath, modulesRules, bindings, r2Buckets, ...rest } = Translated.parse(translation.workerOptions);
    return {
      ...rest,
      name: serviceName(worker),
      modules: true,
      scriptPath: options.bundles[worker],
      bindings: { ...bindings, ...options.bindings },
      r2Buckets: Object.fromEntries(
        Object.entries(r2Buckets).map(([binding, { id }]) => [binding, { id, s3Credentials }]),
      ),
      unsafeDirectSockets: [{ host: "127.0.0.1", port: options.ports[worker] }],
    };
  });
}
