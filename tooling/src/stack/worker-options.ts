import path from "node:path";
import type { V4WorkerOptions } from "miniflare";
import { z } from "zod";
import { REPOSITORY } from "../paths.ts";
import { modulesOf } from "./bundle.ts";
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
  process.env.CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE = options.databaseUrl;
  const { unstable_getMiniflareWorkerOptions: translate } = await loadWrangler();

  // The keys that sign presigned URLs are those that the local buckets' S3 door knows.
  const s3Credentials = {
    accessKeyId: options.secrets.r2AccessKeyId,
    secretAccessKey: options.secrets.r2SecretAccessKey,
  };
  // Miniflare copies all that it has for workerd so far with each few kilobytes that it adds, so jobs, with its fonts, comes last.
  const lightestFirst = WORKERS.toSorted((one, other) => Number(one === "jobs") - Number(other === "jobs"));
  return lightestFirst.map((worker) => {
    const translation = translate(configFile(worker));
    // The two left out describe the sources; we load a finished bundle.
    const { rootPath, modulesRules, bindings, r2Buckets, ...rest } = Translated.parse(translation.workerOptions);
    return {
      ...rest,
      name: serviceName(worker),
      modules: modulesOf(options.bundles[worker]),
      // Modules are named by their path from here; from the current folder it may begin with `..`, which workerd cannot name.
      modulesRoot: path.dirname(options.bundles[worker]),
      bindings: { ...bindings, ...options.bindings },
      r2Buckets: Object.fromEntries(
        Object.entries(r2Buckets).map(([binding, { id }]) => [binding, { id, s3Credentials }]),
      ),
      unsafeDirectSockets: [{ host: "127.0.0.1", port: options.ports[worker] }],
    };
  });
}

/** The cron expressions that the jobs worker is to be woken by. */
export async function cronExpressions(): Promise<readonly string[]> {
  const { unstable_readConfig: readConfig } = await loadWrangler();
  return readConfig({ config: configFile("jobs") }).triggers.crons ?? [];
}

function configFile(worker: WorkerName): string {
  return path.join(REPOSITORY, "workers", worker, "wrangler.toml");
}

/** Loaded when it is needed, since it takes a second or two to parse, and told to keep quiet: standard output is not its own. */
function loadWrangler() {
  process.env.WRANGLER_SEND_METRICS = "false";
  process.env.WRANGLER_LOG = "error";
  return import("wrangler");
}
