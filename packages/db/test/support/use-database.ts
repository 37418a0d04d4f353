import { type Clock, type Context, type SystemActor, systemClock } from "@earwitness/core";
import { newId } from "@earwitness/shared";
import { type TestDatabase, testDatabase, withClient } from "@earwitness/testing/postgres";
import { Pool } from "pg";
import { afterAll, beforeAll } from "vitest";
import type { Database } from "../../src/index.ts";
import { connect } from "../../src/node.ts";
import { system } from "./factories.ts";

const silent = { info() {}, warn() {}, error() {} };

/** A database of its own for the file's tests. */
export interface TestRecord {
  readonly database: Database;
  /** What a verb of the system's gets; `clock` where the test moves the time. */
  context(clock?: Clock): Context<SystemActor>;
  /** Looks at rows from outside, past the wall. */
  rows(query: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Does as the tables' owner may, past the workers' rights. */
  asOwner(query: string): Promise<Record<string, unknown>[]>;
}

export function useDatabase(): TestRecord {
  let fresh: TestDatabase | undefined;
  let database: Database | undefined;
  let outside: Pool | undefined;
  beforeAll(async () => {
    fresh = await testDatabase();
    database = connect(fresh.workerUrl);
    outside = new Pool({ connectionString: fresh.appUrl, options: "-c app.actor=system", max: 2 });
  });
  afterAll(async () => {
    await outside?.end();
    await database?.close();
    await fresh?.drop();
  });
  const open = () => {
    if (database === undefined || outside === undefined) throw new Error("Only inside of tests");
    return { database, outside };
  };
  return {
    get database() {
      return open().database;
    },
    context: (clock = systemClock) => ({
      actor: system,
      clock,
      random: () => 0.5,
      newId,
      log: silent,
      unitOfWork: open().database.unitOfWork(system),
    }),
    rows: async (query, values) => (await open().outside.query(query, values)).rows,
    asOwner: async (query) => {
      if (fresh === undefined) throw new Error("Only inside of tests");
      return withClient(fresh.ownerUrl, async (client) => (await client.query(query)).rows);
    },
  };
}

/** A clock that a test moves. */
export function movableClock(start = new Date("2026-11-21T09:00:00Z")): Clock & { forward(ms: number): void } {
  let ms = start.getTime();
  return {
    now: () => new Date(ms),
    forward(by) {
      ms += by;
    },
  };
}
