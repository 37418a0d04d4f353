import { endLeg } from "../leg/end-leg.ts";
import type { Ending, Leg } from "../leg/leg.ts";
import { problems } from "../problem.ts";
import { HangupBody, RejectBody } from "../schema/commands.ts";
import { command } from "./command.ts";

export const hangup = command("hangup", HangupBody, "alive", (carrier, leg) => {
  endLeg(carrier, leg, endingByApplication(leg));
  return undefined;
});

export const reject = command("reject", RejectBody, "alive", (carrier, leg, { cause }) => {
  // Only a call that rings can be rejected.
  if (leg.state.kind !== "ringing" || leg.direction === "outgoing") throw problems.callEnded();
  const busy = cause === "USER_BUSY";
  endLeg(carrier, leg, {
    cause: busy ? "user_busy" : "call_rejected",
    source: "callee",
    sip: busy ? "486" : "603",
  });
  return undefined;
});

/** How a leg ends that the application hangs up. Only the answered inbound case was seen live. */
function endingByApplication(leg: Leg): Ending {
  const incoming = leg.direction === "incoming";
  if (leg.state.kind === "answered") {
    return { cause: "normal_clearing", source: incoming ? "callee" : "caller", sip: "unspecified" };
  }
  return incoming
    ? { cause: "call_rejected", source: "callee", sip: "603" }
    : { cause: "originator_cancel", source: "caller", sip: "487" };
}
