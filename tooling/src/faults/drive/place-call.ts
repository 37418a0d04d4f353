import type { NumberView } from "@earwitness/shared";
import type { ApiClient } from "../../session/api-client.ts";
import type { ControlDoor } from "../doors/control-door.ts";
import type { PlannedCall } from "../plan/draw-plan.ts";
import { askOnce } from "./ask-once.ts";

/** A caller who is not answered gives up, so that a call whose beginning was lost ends within the run. */
const PATIENCE_MS = 6_000;

/** Rings in, or has the product dial. Resolves when the call is on its way, not when it is over. */
export async function placeCall(
  {
    control,
    client,
    numbers,
  }: { control: ControlDoor; client: ApiClient; numbers: readonly Pick<NumberView, "id" | "e164">[] },
  call: PlannedCall,
): Promise<void> {
  const number = numbers[call.line];
  if (number === undefined) throw new Error(`There is no number ${call.line}.`);
  for (const fault of call.faults) await control.ask("POST", "/faults", fault);
  const { hangupAfterMs } = call;
  if (call.way === "in") {
    await control.ask("POST", "/calls", {
      from: call.party,
      to: number.e164,
      script: call.script,
      patienceMs: PATIENCE_MS,
      ...(hangupAfterMs !== null && { hangupAfterMs }),
    });
    return;
  }
  await control.ask("PUT", `/phonebook/${encodeURIComponent(call.party)}`, {
    behaviour: "answer",
    afterMs: 300,
    script: call.script,
  });
  await askOnce(client, {
    path: "/v1/calls",
    key: `dial-${call.party}`,
    body: { from: number.id, to: call.party },
  });
}
