import { env } from "cloudflare:workers";
import type { Actor, Repositories } from "@earwitness/core";
import type { Database, Scope } from "@earwitness/db";
import { connect } from "@earwitness/db/worker";

const SYSTEM: Actor = { kind: "system", reason: "test" };

/** Uses the tests' database for one moment, as the system. */
async function withDatabase<T>(use: (database: Database) => Promise<T>): Promise<T> {
  const database = connect(env.HYPERDRIVE.connectionString);
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

/** Reads rows as the system does. */
export function readRows<T>(query: (scope: Scope) => Promise<T>): Promise<T> {
  return withDatabase((database) => database.read(SYSTEM, query));
}

/** Writes rows as the system does. */
export function asSystem<T>(work: (tx: Repositories) => Promise<T>): Promise<T> {
  return withDatabase((database) => database.unitOfWork(SYSTEM)(work));
}
