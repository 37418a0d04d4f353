import { type Actor, type Clock, type RequestOrigin, systemClock, type UnitOfWork } from "@earwitness/core";
import { newId, uuidOf } from "@earwitness/shared";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool, PoolClient } from "pg";
import { databaseError, isAway } from "./errors.ts";
import { createRepositories } from "./repositories/index.ts";
import { type Scope, workspaceOf } from "./scope.ts";

/** The record. One for each invocation of a worker: its connections must not outlive the request that opened them. */
export interface Database {
  /** Transactions that act as `actor`, see `UnitOfWork`. */
  unitOfWork(actor: Actor): UnitOfWork;
  /** Runs one query of a view (or several that belong together) as `actor`, in a transaction that can only read. */
  read<T>(actor: Actor, query: (scope: Scope) => Promise<T>): Promise<T>;
  /** Closes what is open; nothing may be asked afterwards. */
  close(): Promise<void>;
}

/** The record behind `pool`. `clock` and `newId` give rows their times and ids, `origin` the audit log its where from. */
export function openDatabase(
  pool: Pool,
  options: { clock?: Clock; newId?: typeof newId; origin?: RequestOrigin } = {},
): Database {
  // A connection that breaks fails the statement that it carries, and an idle one is replaced by the pool. The events say
  // it once more, and unheard they would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));

  async function inTransaction<T>(actor: Actor, mode: "read only" | "read write", work: (scope: Scope) => Promise<T>) {
    try {
      return await onConnection(pool, (client) =>
        drizzle(client).transaction(
          async (db) => {
            const workspaceId = workspaceOf(actor);
            // Local to this transaction, as a pooled connection needs: the next one belongs to someone else.
            await db.execute(
              sql`select set_config('app.workspace_id', ${workspaceId === null ? "" : uuidOf(workspaceId)}, true), set_config('app.actor', ${doorOf(actor)}, true)`,
            );
            return work({
              db,
              actor,
              clock: options.clock ?? systemClock,
              newId: options.newId ?? newId,
              origin: options.origin,
            });
          },
          { accessMode: mode },
        ),
      );
    } catch (error) {
      throw databaseError(error);
    }
  }

  return {
    unitOfWork: (actor) => (work) => inTransaction(actor, "read write", (scope) => work(createRepositories(scope))),
    read: (actor, query) => inTransaction(actor, "read only", query),
    close: () => pool.end(),
  };
}

/** By which of the doors in the walls around workspaces (see `columns.ts`) the actor passes, if by any. */
function doorOf({ kind }: Actor): string {
  return kind === "person" ? "visitor" : kind;
}

/** A connection that the database broke is closed, never handed to the next transaction. */
async function onConnection<T>(pool: Pool, use: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    const result = await use(client);
    client.release();
    return result;
  } catch (error) {
    client.release(isAway(error));
    throw error;
  }
}
