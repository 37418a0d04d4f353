import type { Clock } from "@earwitness/core";
import type { newId } from "@earwitness/shared";
import { Pool } from "pg";
import { type Database, openDatabase } from "./database.ts";

/** The record, from a Node process: tests and tools. */
export function connect(connectionString: string, options: { clock?: Clock; newId?: typeof newId } = {}): Database {
  return openDatabase(new Pool({ connectionString, max: 10, connectionTimeoutMillis: 10_000 }), options);
}
