import { setTimeout as sleep } from "node:timers/promises";
import {
  convertV4MiniflareOptions,
  Log,
  LogLevel,
  Miniflare,
  type MiniflareOptions,
  type V4WorkerOptions,
} from "miniflare";
import type { Guardian } from "../processes/guardian.ts";
import { runningProcesses } from "../processes/process-table.ts";
import type { LogSink } from "./log-sink.ts";
import { serviceName } from "./workers.ts";

const ANSWER_DEADLINE_MS = 20_000;

/** The workers in one workerd, as Miniflare runs it. */
export interface Runtime {
  /** kill -9 of workerd: memory, sockets and the queues' messages are gone. Resolves when the workers answer again. */
  kill(): Promise<void>;
  /** Loads new bundles or settings; addresses, stored data and objects' storage stay. */
  reload(workers: V4WorkerOptions[]): Promise<void>;
  /** Runs the jobs worker's cron handler for one of its expressions, as the platform would. Throws unless it ended well. */
  cron(expression: string, scheduledTime?: Date): Promise<void>;
  miniflare: Miniflare;
  close(): Promise<void>;
}

/** Starts workerd with `workers`; `port` is Miniflare's own, where the S3 door of R2 is. */
export async function startRuntime(options: {
  workers: V4WorkerOptions[];
  port: number;
  storageFolder: string;
  registryFolder: string;
  /** For each worker that must answer before it counts as started, where to ask. */
  healthUrls: Record<string, string>;
  guardian: Guardian;
  log: LogSink;
  inspectorPort?: number;
}): Promise<Runtime> {
  const { guardian, healthUrls, inspectorPort } = options;
  let restarted: (() => void) | undefined;
  const settings = (workers: V4WorkerOptions[]): MiniflareOptions =>
    convertV4MiniflareOptions({
      workers,
      host: "127.0.0.1",
      port: options.port,
      ...(inspectorPort === undefined ? {} : { inspectorPort }),
      // Without this, Request.cf is fetched from the internet.
      cf: false,
      telemetry: { enabled: false },
      log: new Log(LogLevel.NONE),
      resourcePersistencePath: options.storageFolder,
      unsafeTriggerHandlers: true,
      // Where `wrangler pages dev` finds the API worker.
      unsafeDevRegistryPath: options.registryFolder,
      handleStructuredLogs: ({ level, message }) => options.log(level, message),
      unsafeHandleRuntimeRestart: () => {
        guardRuntime(guardian);
        restarted?.();
      },
    });

  const miniflare = keepingSignals(() => new Miniflare(settings(options.workers)));
  await miniflare.ready;
  guardRuntime(guardian);
  await allAnswer(healthUrls);

  return {
    miniflare,
    async kill() {
      const backAgain = new Promise<void>((resolve) => {
        restarted = resolve;
      });
      for (const running of workerdProcesses()) process.kill(running.pid, "SIGKILL");
      await backAgain;
      await allAnswer(healthUrls);
    },
    async reload(workers) {
      await miniflare.setOptions(settings(workers));
      guardRuntime(guardian);
      await allAnswer(healthUrls);
    },
    async cron(expression, scheduledTime = new Date()) {
      const jobs = await miniflare.getWorker(serviceName("jobs"));
      const { outcome } = await jobs.scheduled({ cron: expression, scheduledTime });
      if (outcome !== "ok") throw new Error(`The cron ${expression} ended with "${outcome}"`);
    },
    close: () => miniflare.dispose(),
  };
}

/**
 * Miniflare would end the whole process on these signals, in the middle of everybody else's orderly stop. That is for whoever
 * started the stack to do; the guardian stands behind it.
 */
function keepingSignals<T>(make: () => T): T {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const before = signals.map((signal) => new Set(process.listeners(signal)));
  const made = make();
  signals.forEach((signal, n) => {
    for (const listener of process.listeners(signal)) if (!before[n]?.has(listener)) process.off(signal, listener);
  });
  return made;
}

/** workerd is a child of this process; one stack in a process, so every child of that name is its own. */
function workerdProcesses() {
  return runningProcesses().filter(
    (running) => running.parentPid === process.pid && running.name.startsWith("workerd"),
  );
}

function guardRuntime(guardian: Guardian): void {
  // It keeps everything in SQLite and is built to be killed; asked nicely it waits for open connections.
  for (const { pid } of workerdProcesses()) guardian.guard(pid, "workerd", { group: false, signal: "SIGKILL" });
}

async function allAnswer(healthUrls: Record<string, string>): Promise<void> {
  await Promise.all(Object.entries(healthUrls).map(([worker, url]) => answers(worker, url)));
}

async function answers(worker: string, url: string): Promise<void> {
  const deadline = Date.now() + ANSWER_DEADLINE_MS;
  for (;;) {
    const heard = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      async (response) => ({ ok: response.ok, said: `${response.status} ${(await response.text()).slice(0, 2_000)}` }),
      (error: unknown) => ({ ok: false, said: String(error) }),
    );
    if (heard.ok) return;
    if (Date.now() > deadline) throw new Error(`The ${worker} worker does not answer at ${url}: ${heard.said}`);
    await sleep(50);
  }
}
