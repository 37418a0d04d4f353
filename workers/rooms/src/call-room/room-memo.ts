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

const Values = z.object({
  /** Facts up to this number are in the record. */
  confirmed: z.int(),
  announceDelayMs: z.int(),
  remains: Remains.nullable(),
});
type Values = z.infer<typeof Values>;

const KEY = "room";

/** The few things that a room keeps beside its journal. Nothing is written until one of them is worth keeping. */
export class RoomMemo {
  readonly #kv: SyncKvStorage;
  #value: Values = { confirmed: 0, announceDelayMs: FIRST_ANNOUNCE_DELAY_MS, remains: null };

  constructor(kv: SyncKvStorage) {
    this.#kv = kv;
    const stored: unknown = kv.get(KEY);
    if (stored !== undefined) this.#value = Values.parse(stored);
  }

  get value(): Values {
    return this.#value;
  }

  save(change: Partial<Values>): void {
    const next = { ...this.#value, ...change };
    this.#kv.put(KEY, next);
    this.#value = next;
  }
}
