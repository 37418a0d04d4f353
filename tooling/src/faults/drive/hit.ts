import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Stack } from "../../stack/start-stack.ts";
import type { ControlDoor } from "../doors/control-door.ts";
import type { Blow } from "../plan/fault.ts";
import type { Strike } from "./strike.ts";

const Reset = z.object({ reset: z.int() });

/** Lets a blow fall; resolves when whatever was stopped runs again. What a vendor was told to fail is counted when all is over. */
export async function hit(stack: Stack, control: ControlDoor, blow: Blow): Promise<Strike> {
  const once = { name: blow.kind, times: 1 };
  switch (blow.kind) {
    case "runtime_killed":
      await stack.killWorkers();
      return once;
    case "rooms_reset": {
      const { reset } = Reset.parse(await tell(`${stack.urls.rooms}/faults/reset`, { oneIn: blow.oneIn }));
      return { name: blow.kind, times: reset };
    }
    case "database_stopped":
    case "database_killed": {
      const { postgres } = stack;
      if (postgres === undefined)
        throw new Error("The rig stops the stack's own Postgres; DATABASE_URL names another.");
      await (blow.kind === "database_killed" ? postgres.kill() : postgres.stop());
      await sleep(blow.forMs);
      await postgres.start();
      return once;
    }
    case "storage_refuses":
      // Both have a bucket; most of what is written is written by jobs.
      await tell(`${stack.urls.jobs}/faults`, { storage: blow.requests });
      await tell(`${stack.urls.rooms}/faults`, { storage: 1 });
      return { name: blow.kind, times: blow.requests };
    case "queue_redelivers":
      await tell(`${stack.urls.jobs}/faults`, { redelivered: blow.batches });
      return { name: blow.kind, times: blow.batches };
    case "queue_loses":
      await tell(`${stack.urls.jobs}/faults`, { lost: blow.batches });
      return { name: blow.kind, times: blow.batches };
    case "clock_stepped":
      await control.ask("POST", "/clock", { aheadMs: blow.aheadMs });
      return once;
    case "vendor_fails":
      await control.ask("POST", "/faults", blow.fault);
      return { name: blow.kind, times: 0 };
  }
}

async function tell(url: string, body: unknown): Promise<unknown> {
  const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`The rig's door at ${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
