/** The workers by the names of their folders, in the order in which they are deployed: who exports the objects comes first. */
export const WORKERS = ["rooms", "jobs", "webhooks", "api"] as const;
export type WorkerName = (typeof WORKERS)[number];

/** The name by which the other workers' bindings know it: `name` in its wrangler.toml. */
export function serviceName(worker: WorkerName): string {
  return `earwitness-${worker}`;
}

/** One value for each worker. */
export function forEachWorker<T>(make: (worker: WorkerName) => T): Record<WorkerName, T> {
  return { rooms: make("rooms"), jobs: make("jobs"), webhooks: make("webhooks"), api: make("api") };
}
