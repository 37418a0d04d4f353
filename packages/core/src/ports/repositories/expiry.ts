import type { Perishable } from "../../expiry/perishable.ts";

export interface ExpiryRepository {
  /** Removes at most `limit` of a kind whose time was over before `before`, and returns how many those were. */
  remove(kind: Perishable, before: Date, limit: number): Promise<number>;
}
