import { ownLeg } from "./leg.ts";
import type { Call } from "./machine-state.ts";
import { roomNameOfCall, roomNameOfSession } from "./room-door.ts";

/** The name of the room that a call lives in: the carrier's session names it where the carrier began it. */
export function roomOfCall(call: Call): string {
  const leg = ownLeg(call);
  return call.direction === "inbound" && leg !== null
    ? roomNameOfSession("telnyx", leg.sessionId)
    : roomNameOfCall(call.callId);
}
