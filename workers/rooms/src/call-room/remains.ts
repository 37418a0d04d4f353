import { MachineState } from "@earwitness/core";
import { z } from "zod";

/** What stays of a call when its room is emptied: enough to know a late notice again and to go on counting. */
const Remains = z.object({
  n: z.int(),
  lastFact: z.int(),
  state: MachineState,
  /** The notices that came last, by which a repeat is known. */
  eventIds: z.array(z.string()),
  /** Those of them that were not understood. */
  keptEventIds: z.array(z.string()).default([]),
  /** Nothing more of its live moment follows. */
  isLiveOver: z.boolean().default(false),
});
export type Remains = z.infer<typeof Remains>;

const KEY = "remains";

/** What an earlier life of the room left; null in a room that was never emptied. */
export function readRemains(kv: SyncKvStorage): Remains | null {
  const stored: unknown = kv.get(KEY);
  return stored === undefined ? null : Remains.parse(stored);
}

/** Leaves it to the next life, in the place of what was left before. */
export function writeRemains(kv: SyncKvStorage, remains: Remains): void {
  kv.put(KEY, remains);
}
