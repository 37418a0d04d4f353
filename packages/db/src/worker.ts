import type { RequestOrigin } from "@earwitness/core";
import { Pool } from "pg";
import * as pgCloudflare from "pg-cloudflare";
import { type Database, openDatabase } from "./database.ts";

// The package's types are those of its empty stub for Node: the class exists in workerd alone.
const { CloudflareSocket } = pgCloudflare as unknown as {
  CloudflareSocket: new (ssl: boolean) => import("node:stream").Duplex;
};

/**
 * Says nothing of the socket closing after we ended it: workerd reports that as an error of its own,
 * which nobody awaits any more.
 */
class QuietSocket extends CloudflareSocket {
  private isEnded = false;
  override end(...args: unknown[]): this {
    this.isEnded = true;
    return Reflect.apply(super.end, this, args);
  }
  override destroy(error?: Error): this {
    this.isEnded = true;
    return super.destroy(error);
  }
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === "error" && this.isEnded) return false;
    return Reflect.apply(super.emit, this, [event, ...args]);
  }
}

/** Enough for a batch of messages at a time; Hyperdrive pools behind it, and each costs one of the invocation's sockets. */
const CONNECTIONS_PER_INVOCATION = 4;
const CONNECT_TIME_LIMIT_MS = 10_000;
/** Longer than any statement of ours; Hyperdrive ends one at 60 s. */
const STATEMENT_TIME_LIMIT_MS = 30_000;

/**
 * The record, from inside a Worker: `connect(env.HYPERDRIVE.connectionString)` once in each invocation, `close()` in its
 * `waitUntil`. `origin` is the request's, for the audit log. It opens connections as they are needed.
 */
export function connect(connectionString: string, origin?: RequestOrigin): Database {
  return openDatabase(
    new Pool({
      connectionString,
      max: CONNECTIONS_PER_INVOCATION,
      connectionTimeoutMillis: CONNECT_TIME_LIMIT_MS,
      query_timeout: STATEMENT_TIME_LIMIT_MS,
      // Closed with the invocation; a timer would only keep it alive.
      idleTimeoutMillis: 0,
      stream: () => new QuietSocket(false),
    }),
    origin === undefined ? {} : { origin },
  );
}
