import path from "node:path";
import { type Emulators, startEmulators } from "@earwitness/emulators";
import type { PostgresServer } from "@earwitness/local-postgres";
import { type Guardian, startGuardian } from "../processes/guardian.ts";
import { missingSettings, type Settings, workerBindings } from "./bindings.ts";
import { bundleWorkers } from "./bundle.ts";
import { migrate, openDatabase } from "./database.ts";
import { localSecrets } from "./local-secrets.ts";
import { logToFile } from "./log-sink.ts";
import { findPort } from "./ports.ts";
import { reloader } from "./reloader.ts";
import { type Runtime, startRuntime } from "./runtime.ts";
import { cronExpressions, workerOptions } from "./worker-options.ts";
import { forEachWorker, WORKERS, type WorkerName } from "./workers.ts";

type StageName = "database" | "migrations" | "emulators" | "bundles" | "workers";

export interface StackOptions {
  /** Where everything that it keeps is kept. Two stacks over one folder at a time are not possible. */
  stateFolder: string;
  /** What a person has set: real vendors, another database. */
  settings?: Settings;
  /** Ports that are wanted; one that is taken is an error here. Free ones are found for the rest. */
  ports?: Partial<Record<WorkerName | "storage", number>>;
  /** Stand-ins for the vendors. `pace` 20 lets phone calls pass twenty times faster than life. */
  emulators?: Parameters<typeof startEmulators>[0];
  /** Where people's browsers find the web app; the API's own address without it. */
  appOrigin?: string;
  /** More values for all workers, over those that the stack makes itself. */
  bindings?: Record<string, string>;
  /** What workers are bundled from instead of their own entries, such as one that measures what the worker does. */
  entries?: Partial<Record<WorkerName, string>>;
  /** Where the workers' inspectors are to listen, for whoever measures what they do; nowhere without it. */
  inspectorPort?: number;
  /** Who ends the processes if we are killed; one of its own is started when none is given. */
  guardian?: Guardian;
  onStage?: (name: StageName, state: "begun" | "done") => void;
  /** Hears what the workers log at warning or above; everything goes to `<stateFolder>/workers.log`. */
  onLog?: (line: string) => void;
}

/** The whole product on this machine: Postgres, the vendors' stand-ins, the four workers in one workerd. */
export interface Stack {
  urls: Record<WorkerName, string>;
  /** The S3 door of R2, as presigned URLs name it. */
  storageUrl: string;
  emulators: Emulators;
  /** As the tables' owner, for looking at rows from outside. */
  databaseUrl: string;
  /** Our Postgres, to stop and start; undefined when `DATABASE_URL` points elsewhere. */
  postgres: PostgresServer | undefined;
  runtime: Runtime;
  guardian: Guardian;
  secrets: ReturnType<typeof localSecrets>;
  stateFolder: string;
  /** wrangler's registry of local workers, by which another process may bind to ours. */
  registryFolder: string;
  /** kill -9 of workerd; resolves when all workers answer again. */
  killWorkers(): Promise<void>;
  /** The cron expressions of jobs, which nothing fires by itself here. */
  crons: readonly string[];
  /** Runs the cron handler of jobs for one of its expressions. */
  cron(expression: string): Promise<void>;
  /** Bundles and loads a worker again whenever one of its files changes; with errors, the last good one keeps running. */
  watch(onChange: (worker: WorkerName, errors: string[]) => void): Promise<void>;
  /** Stops everything that was started, in the order in which it may be missed. */
  close(): Promise<void>;
}

/** Starts the stack; when a part of it does not start, the others are stopped and the error says which and why. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const settings = options.settings ?? {};
  const missing = missingSettings(settings);
  if (missing.length > 0) throw new Error(missing.join("\n"));

  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  const stage = async <T>(name: StageName, work: () => Promise<T>): Promise<T> => {
    options.onStage?.(name, "begun");
    const result = await work();
    options.onStage?.(name, "done");
    return result;
  };

  try {
    const { stateFolder } = options;
    const guardian = options.guardian ?? (await startGuardian(stateFolder));
    if (options.guardian === undefined) closers.push(() => guardian.release());
    const secrets = localSecrets(stateFolder);
    const logFile = path.join(stateFolder, "workers.log");
    const log = logToFile(logFile, options.onLog);
    closers.push(log.close);

    const database = await stage("database", () =>
      openDatabase({
        stateFolder,
        databaseUrl: settings.DATABASE_URL,
        secrets,
        onServerStart: (pid) => guardian.guard(pid, "postgres", { group: false, signal: "SIGINT" }),
      }),
    );
    const { server } = database;
    if (server !== undefined) closers.push(() => server.stop());
    await stage("migrations", () => migrate(database));

    const bundles = await stage("bundles", () => bundleWorkers(path.join(stateFolder, "bundles"), options.entries));
    closers.push(() => bundles.close());

    const ports = {
      storage: options.ports?.storage ?? (await findPort()),
      ...(await workerPorts(options.ports ?? {})),
    };
    const urls = forEachWorker((worker) => `http://127.0.0.1:${ports[worker]}`);
    const storageUrl = `http://127.0.0.1:${ports.storage}`;
    const appOrigin = options.appOrigin ?? urls.api;
    const emulators = await stage("emulators", () =>
      startEmulators({
        ...options.emulators,
        resend: { ...options.emulators?.resend, webhookUrl: `${urls.webhooks}/webhooks/resend` },
        google: { redirectUris: [`${appOrigin}/auth/callback/google`] },
        github: { redirectUris: [`${appOrigin}/auth/callback/github`] },
        telnyx: {
          ...options.emulators?.telnyx,
          webhookUrl: `${urls.webhooks}/webhooks/telnyx`,
          failoverUrl: `${urls.webhooks}/webhooks/telnyx/failover`,
        },
      }),
    );
    closers.push(() => emulators.close());

    const bindings = {
      ...workerBindings({
        settings,
        emulators,
        secrets,
        appOrigin,
        webhooksOrigin: urls.webhooks,
        storageOrigin: storageUrl,
      }),
      ...options.bindings,
    };
    const registryFolder = path.join(stateFolder, "registry");
    const workers = () =>
      workerOptions({ bundles: bundles.files, ports, bindings, databaseUrl: database.appUrl, secrets });
    const runtime = await stage("workers", async () =>
      startRuntime({
        workers: await workers(),
        port: ports.storage,
        storageFolder: path.join(stateFolder, "storage"),
        registryFolder,
        healthUrls: forEachWorker((worker) => `${urls[worker]}/health`),
        guardian,
        log: log.sink,
        ...(options.inspectorPort === undefined ? {} : { inspectorPort: options.inspectorPort }),
      }),
    );
    closers.push(() => runtime.close());
    await allReady(urls, logFile);

    return {
      urls,
      storageUrl,
      emulators,
      databaseUrl: database.ownerUrl,
      postgres: server,
      runtime,
      guardian,
      secrets,
      stateFolder,
      registryFolder,
      crons: await cronExpressions(),
      killWorkers: () => runtime.kill(),
      cron: (expression) => runtime.cron(expression),
      watch: (onChange) => bundles.watch(reloader(async () => runtime.reload(await workers()), onChange)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A worker whose secrets are malformed is alive, and says so when it is asked for its work: better now than at the first call. */
async function allReady(urls: Record<WorkerName, string>, logFile: string): Promise<void> {
  for (const worker of WORKERS) {
    const { ok, status } = await fetch(`${urls[worker]}/ready`);
    if (!ok) throw new Error(`The ${worker} worker is not ready (status ${status}); ${logFile} says why.`);
  }
}

async function workerPorts(wanted: Partial<Record<WorkerName, number>>): Promise<Record<WorkerName, number>> {
  const ports = forEachWorker(() => 0);
  for (const worker of WORKERS) ports[worker] = wanted[worker] ?? (await findPort());
  return ports;
}
