import type { Repositories } from "./repositories/index.ts";

/**
 * Runs `work` in one transaction, as the actor of the context: what it writes is there entirely or not at all, and the rows of
 * other workspaces do not exist for it. Throws what `work` throws, after undoing it; `unavailable` (retryable) when the
 * database does not answer. Nothing slow belongs inside: no request to a vendor, no call to a room.
 */
export type UnitOfWork = <T>(work: (tx: Repositories) => Promise<T>) => Promise<T>;
