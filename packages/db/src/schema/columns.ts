import { type Id, type IdKind, idFromUuid, uuidOf } from "@earwitness/shared";
import { sql } from "drizzle-orm";
import { customType, pgPolicy, timestamp } from "drizzle-orm/pg-core";

/** An id column: a TypeID in the app, its UUID in Postgres. */
export function id<K extends IdKind>(kind: K, name: string) {
  return customType<{ data: Id<K>; driverData: string }>({
    dataType: () => "uuid",
    toDriver: (value) => uuidOf(value),
    fromDriver: (value) => idFromUuid(kind, value),
  })(name);
}

/** An instant, read and written as a Date. */
export function instant(name: string) {
  return timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
}

/** A count of bytes: may pass 2^31, never 2^53. */
export const sizeBytes = customType<{ data: number; driverData: string }>({
  dataType: () => "bigint",
  fromDriver: (value) => Number(value),
});

/** What the transaction is for: as subqueries, which a statement asks once, and not for each row that it looks at. */
const WORKSPACE = "(select nullif(current_setting('app.workspace_id', true), '')::uuid)";
const ACTOR = "(select current_setting('app.actor', true))";

/**
 * The second wall behind the repositories: a row is seen and written only inside a unit of work of its own workspace, or one
 * of the system (jobs, which act for every workspace). The settings live for one transaction, as a pooled connection needs.
 */
export function workspaceWall(column = "workspace_id") {
  const inside = insideOf(column, ["system"]);
  return pgPolicy("workspace_wall", { as: "permissive", for: "all", to: "public", using: inside, withCheck: inside });
}

/**
 * The same wall, with a door for those who are not known yet: these rows are what a request is identified by, before there
 * is a workspace to be in.
 */
export function workspaceWallWithDoor(column = "workspace_id") {
  const inside = insideOf(column, ["system", "visitor"]);
  return pgPolicy("workspace_wall", { as: "permissive", for: "all", to: "public", using: inside, withCheck: inside });
}

/** For rows that belong to no workspace: seen and written by the system and by those who are not known yet, by no workspace. */
export function systemWallWithDoor() {
  const inside = sql.raw(`${ACTOR} in ('system', 'visitor')`);
  return pgPolicy("system_wall", { as: "permissive", for: "all", to: "public", using: inside, withCheck: inside });
}

function insideOf(column: string, actors: readonly string[]) {
  const others = actors.map((actor) => ` or ${ACTOR} = '${actor}'`).join("");
  return sql.raw(`${column} = ${WORKSPACE}${others}`);
}
