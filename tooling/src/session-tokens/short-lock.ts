import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "./table.ts";

/**
 * A change of the table waits for the statements that use it, and whatever comes meanwhile waits behind the change. So it waits
 * this long and no longer, and tries again: nobody's request notices.
 */
const LOCK_TIME_LIMIT_MS = 500;
const PAUSE_MS = 250;
const ATTEMPTS = 60;
/** `lock_not_available`, https://www.postgresql.org/docs/17/errcodes-appendix.html */
const LOCK_NOT_AVAILABLE = "55P03";

/** Does all of `statements` in one transaction, as soon as the table can be had at once. Throws after about a minute of trying. */
export async function withShortLock(client: Client, statements: readonly string[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query("begin");
      await client.query(`set local lock_timeout = ${LOCK_TIME_LIMIT_MS}`);
      for (const statement of statements) await client.query(statement);
      await client.query("commit");
      return;
    } catch (error) {
      await client.query("rollback");
      if (!isLocked(error) || attempt === ATTEMPTS) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === LOCK_NOT_AVAILABLE;
}
