import type { Actor, Clock, Context } from "@earwitness/core";
import { newId } from "@earwitness/shared";
import { type TestDatabase, testDatabase } from "@earwitness/testing/postgres";
import { Pool } from "pg";
import { afterAll, beforeAll } from "vitest";
import type { Database } from "../../src/index.ts";
import { connect } from "../../src/node.ts";

const silent = { info() {}, warn() {}, error() {} };

/** A database of its own for the file's tests, whose rows have the times of `clock`. */
export function useTimedDatabase(clock: Clock): {
  /** What a verb of the actor's gets. */
  contextOf<A extends Actor>(actor: A): Context<A>;
  /** Looks at rows, or changes them, from outside, past the wall. */
  rows(query: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
} {
  let fresh: TestDatabase | undefined;
  let database: Database | undefined;
  let outside: Pool | undefined;
  beforeAll(async () => {
    fresh = await testDatabase();
    database = connect(fresh.workerUrl, { clock });
    outside = new Pool({ connectionString: fresh.appUrl, options: "-c app.actor=system", max: 2 });
  });
  afterAll(async () => {
    await outside?.end();
    await database?.close();
    await fresh?.drop();
  });
  return {
    contextOf(actor) {
      if (database === undefined) throw new Error("Only inside of tests");
      return { actor, clock, random: () => 0.5, newId, log: silent, unitOfWork: database.unitOfWork(actor) };
    },
    async rows(query, values) {
      if (outside === undefined) throw new Error("Only inside of tests");
      return (await outside.query(query, values)).rows;
    },
  };
}
