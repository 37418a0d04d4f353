import { MachineState } from "@earwitness/core";
import { z } from "zod";

/** What stays of a call when its room is emptied: enough to know a late notice again and to go on counting. */
const Remains = z.object({
  n: z.int(),
  lastFact: z.int(),
  state: MachineState,
  /** The notices that came last, by which a repeat is known. */
  eventIds: z.array(z.string()),
});
export type Remains = z.infer<typeof Remains>;

export const FIRST_ANNOUNCE_DELAY_MS = 2000;

interface Values {
  /** Facts up to this number are in the record. */
  readonly confirmed: number;
  readonly announceDelayMs: number;
  readonly remains: Remains | null;
}

/** The room's one row. Until something is worth keeping there is none, so that a call's first notice writes less. */
export class RoomRow {
  readonly #sql: SqlStorage;
  #value: Values = { confirmed: 0, announceDelayMs: FIRST_ANNOUNCE_DELAY_MS, remains: null };

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    const row = sql
      .exec<{ confirmed: number; announce_delay_ms: number; remains: string | null }>(
        "SELECT confirmed, announce_delay_ms, remains FROM room WHERE id = 1",
      )
      .toArray()[0];
    if (row === undefined) return;
    const remains = row.remains === null ? null : Remains.parse(JSON.parse(row.remains));
    this.#value = { confirmed: row.confirmed, announceDelayMs: row.announce_delay_ms, remains };
  }

  get value(): Values {
    return this.#value;
  }

  save(change: Partial<Values>): void {
    const next = { ...this.#value, ...change };
    this.#sql.exec(
      "INSERT OR REPLACE INTO room (id, confirmed, announce_delay_ms, remains) VALUES (1, ?, ?, ?)",
      next.confirmed,
      next.announceDelayMs,
      next.remains === null ? null : JSON.stringify(next.remains),
    );
    this.#value = next;
  }
}
