import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "../../stack/start-stack.ts";
import { isCarrierBusy } from "../books/carrier-books.ts";
import { countUndone } from "../books/record-books.ts";
import type { ControlDoor } from "../doors/control-door.ts";

const LOOK_EVERY_MS = 1_000;
/** Work makes work: only what looks done for longer than it takes the next reconciliation to come round is. */
const QUIET_LOOKS = 8;

/** The work that is left after all that time, by what it is; empty when the product has come to rest. */
export async function comeToRest(
  stack: Stack,
  control: ControlDoor,
  options: { withinMs: number; tell: (line: string) => void },
): Promise<Record<string, number>> {
  const deadline = Date.now() + options.withinMs;
  let quiet = 0;
  let told = "";
  for (;;) {
    const isBusy = await isCarrierBusy(control);
    const undone = Object.entries(await countUndone(stack.databaseUrl)).filter(([, count]) => count > 0);
    quiet = isBusy || undone.length > 0 ? 0 : quiet + 1;
    if (quiet === QUIET_LOOKS) return {};
    const line = undone.map(([what, count]) => `${count} ${what}`).join(", ");
    if (line !== told) options.tell(`  left to do: ${line || (isBusy ? "the carrier's notices" : "nothing")}`);
    told = line;
    if (Date.now() > deadline) return { ...Object.fromEntries(undone), ...(isBusy && { "the carrier": 1 }) };
    await sleep(LOOK_EVERY_MS);
  }
}
