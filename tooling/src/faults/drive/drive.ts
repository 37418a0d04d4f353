import { setTimeout as sleep } from "node:timers/promises";
import type { NumberView } from "@earwitness/shared";
import { z } from "zod";
import { apiClient } from "../../session/api-client.ts";
import type { OpenWorkspace } from "../../session/open-workspace.ts";
import type { Stack } from "../../stack/start-stack.ts";
import type { Finding } from "../audit/finding.ts";
import type { ControlDoor } from "../doors/control-door.ts";
import type { Plan } from "../plan/draw-plan.ts";
import { hit } from "./hit.ts";
import { invite } from "./invite.ts";
import { placeCall } from "./place-call.ts";
import type { Strike } from "./strike.ts";

const MOST_AT_ONCE = 16;

/** Has all calls begin and all blows fall. `asked` resolves when the product has taken whatever it was asked for meanwhile. */
export async function drive(
  stack: Stack,
  {
    plan,
    control,
    workspace,
    numbers,
    tell,
  }: {
    plan: Plan;
    control: ControlDoor;
    workspace: OpenWorkspace;
    numbers: readonly NumberView[];
    tell: (line: string) => void;
  },
): Promise<{ struck: Strike[]; asked: Promise<Finding[]> }> {
  const person = apiClient(stack.urls.api, { cookie: workspace.cookie, origin: stack.urls.api });
  const asked: Promise<Finding[]>[] = [];
  const struck: Strike[] = [];
  // One after the other, as what they stop must be started again; meanwhile calls go on to come.
  let blows = Promise.resolve();
  for (const [n, call] of plan.calls.entries()) {
    await sleep(call.afterMs);
    await lineIsFree(control);
    for (const { blow } of plan.blows.filter(({ beforeCall }) => beforeCall === n)) {
      blows = blows.then(async () => {
        struck.push(await hit(stack, control, blow));
        // Every second call has a vendor fail: too many of them to read.
        if (blow.kind !== "vendor_fails") tell(`  ${new Date().toISOString()} call ${n}: ${JSON.stringify(blow)}`);
      });
    }
    asked.push(notTaken(placeCall({ control, client: workspace.client, numbers }, call)));
    if (call.invitee !== null) asked.push(notTaken(invite(person, call.invitee)));
  }
  await blows;
  return { struck, asked: Promise.all(asked).then((findings) => findings.flat()) };
}

/** What was asked of the API and never taken, however often: at once, so that the run goes on. */
function notTaken(wish: Promise<void>): Promise<Finding[]> {
  return wish.then(
    () => [],
    (error: unknown) => [{ kind: "stuck", what: String(error), where: "the API" }],
  );
}

/** Resolves when few enough calls are on the line: a machine that is slow gets fewer of them, not more at once. */
async function lineIsFree(control: ControlDoor): Promise<void> {
  const Health = z.object({ liveLegs: z.int() });
  while (Health.parse(await control.ask("GET", "/health")).liveLegs >= MOST_AT_ONCE) await sleep(50);
}
