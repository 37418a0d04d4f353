import { z } from "zod";
import type { Stack } from "../../stack/start-stack.ts";
import type { ControlDoor } from "../doors/control-door.ts";
import type { Plan } from "../plan/draw-plan.ts";
import { nameOfFault } from "../plan/fault.ts";
import { faultsOf } from "../plan/faults-of.ts";
import type { Strike } from "./strike.ts";

/** The vendors' faults that have not struck as often as they were to, as the control door lists them. */
const Waiting = z.object({
  faults: z.array(
    z.object({
      target: z.enum(["telnyx", "assemblyai", "resend", "recording", "webhook", "media", "streaming"]),
      effect: z.string(),
      status: z.int(),
      match: z.object({ vendor: z.enum(["telnyx", "assemblyai"]).exactOptional() }),
      left: z.int(),
    }),
  ),
});

/** Ends every fault that has not struck yet, and says how often those of the vendors have: as planned, less what was left. */
export async function calm(stack: Stack, control: ControlDoor, plan: Plan): Promise<Strike[]> {
  const waiting = Waiting.parse(await control.ask("GET", "/faults")).faults;
  await control.ask("DELETE", "/faults");
  await control.ask("POST", "/clock", { aheadMs: 0 });
  for (const worker of ["jobs", "rooms"] as const) await fetch(`${stack.urls[worker]}/faults`, { method: "DELETE" });
  return [
    ...faultsOf(plan).map((fault) => ({ name: nameOfFault(fault), times: fault.times ?? 1 })),
    ...waiting.map((fault) => ({ name: nameOfFault(fault), times: -fault.left })),
  ];
}
