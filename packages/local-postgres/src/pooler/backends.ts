import { type Backend, openBackend } from "./backend.ts";

/**
 * A client that comes back meets another connection than the one that it had, as often as can be: with two of them at least, and
 * the one that has waited longest lent first.
 */
const AT_LEAST = 2;

/** The connections of one user to one database. */
export interface Backends {
  /** A connection that knows nothing of anybody; waits while all are lent. Throws what `openBackend` throws. */
  borrow(): Promise<Backend>;
  /** Takes it back, or with `isSpoiled` closes it. */
  giveBack(backend: Backend, isSpoiled: boolean): Promise<void>;
  close(): void;
}

/** Opens connections as they are asked for, `limit` of them at most. */
export function keepBackends(target: { port: number; user: string; database: string; limit: number }): Backends {
  const all = new Set<Backend>();
  const free: Backend[] = [];
  const waiting: (() => void)[] = [];
  let opening = 0;

  /** A connection is gone, and there may be another in its place. */
  function lose(backend: Backend): void {
    if (!all.delete(backend)) return;
    const at = free.indexOf(backend);
    if (at >= 0) free.splice(at, 1);
    waiting.shift()?.();
  }

  return {
    async borrow() {
      for (;;) {
        const size = all.size + opening;
        const isEnough = size >= Math.min(AT_LEAST, target.limit);
        const waitedLongest = isEnough ? free.shift() : undefined;
        if (waitedLongest !== undefined) return waitedLongest;
        if (size < target.limit) {
          opening += 1;
          try {
            const opened = await openBackend({ ...target, onLost: lose });
            all.add(opened);
            return opened;
          } catch (error) {
            waiting.shift()?.();
            throw error;
          } finally {
            opening -= 1;
          }
        }
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    async giveBack(backend, isSpoiled) {
      if (isSpoiled) {
        backend.destroy();
        return;
      }
      if (!(await backend.forget()) || !all.has(backend)) return;
      free.push(backend);
      waiting.shift()?.();
    },
    close() {
      for (const backend of all) backend.destroy();
    },
  };
}
