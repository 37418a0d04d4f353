import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/**
 * The rows that `picked` picks and locks, for an update of them. Not `in (select … limit n for update skip locked)`: the planner
 * may run that once for each row, and then it picks more than n. As an array it runs once.
 */
export function amongPicked(id: SQLWrapper, picked: SQLWrapper): SQL {
  return sql`${id} = any(array(${picked}))`;
}
