import type { WorkerName } from "./workers.ts";

/** Long enough for all workers that share an edited package to be bundled, short enough not to be noticed. */
const GATHER_MS = 60;

/**
 * Loads changed bundles: all that arrive together in one go, one load at a time. `onChange` hears of each worker what became
 * of it; a bundle that does not build, or does not start, leaves the ones before it running.
 */
export function reloader(
  load: () => Promise<void>,
  onChange: (worker: WorkerName, errors: string[]) => void,
): (worker: WorkerName, errors: string[]) => void {
  const waiting = new Set<WorkerName>();
  let running = false;

  async function run(): Promise<void> {
    running = true;
    await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    while (waiting.size > 0) {
      const workers = [...waiting];
      waiting.clear();
      const errors = await load().then(
        () => [],
        (error: unknown) => [error instanceof Error ? error.message : String(error)],
      );
      for (const worker of workers) onChange(worker, errors);
    }
    running = false;
  }

  return (worker, errors) => {
    if (errors.length > 0) {
      onChange(worker, errors);
      return;
    }
    waiting.add(worker);
    if (!running) void run();
  };
}
