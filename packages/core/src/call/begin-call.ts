import { idFromUuid } from "@earwitness/shared";
import type { CarrierLeg, Parties } from "../ports/telephony.ts";
import { e164Of } from "./address.ts";
import { commandKey } from "./call-command.ts";
import { RING_TIMEOUT_MS } from "./deadline.ts";
import { type Decision, decided } from "./decision.ts";
import { legChanged, newLeg } from "./leg.ts";
import type { Call } from "./machine-state.ts";
import { type PlaceCallCommand, roomNameOfCall } from "./room-door.ts";
import { unsteered } from "./steering.ts";

/**
 * Begins a call that came in: it is looked up whose number it is before it is answered. The call's id is made from the
 * seed of the event that began it.
 */
export function beginInbound(
  logged: { at: string; seed: string },
  begun: { at: string; leg: CarrierLeg; parties: Parties },
): Decision {
  const { from, to } = begun.parties;
  const leg = newLeg(begun.leg, "caller", from, begun.at);
  const call: Call = {
    callId: idFromUuid("call", logged.seed),
    direction: "inbound",
    from,
    to,
    workspaceId: null,
    numberId: null,
    snapshot: null,
    unroutedReason: null,
    detectMachine: false,
    machineResult: null,
    legs: [leg],
    ending: null,
    goneAt: null,
    recordings: [],
    transcriptions: [],
    startedAt: begun.at,
    stream: null,
    wasStreamed: false,
    steering: unsteered,
  };
  return decided(
    { phase: "routing", call, since: logged.at },
    {
      facts: [
        {
          type: "call.started",
          at: begun.at,
          direction: "inbound",
          carrier: "telnyx",
          carrierSessionId: begun.leg.sessionId,
          from,
          to,
          placedBy: null,
          workspaceId: null,
          numberId: null,
        },
        legChanged(leg, begun.at),
      ],
      commands: [{ kind: "find_routing", key: commandKey(call.callId, "find_routing"), e164: e164Of(to) }],
    },
  );
}

/** Begins a call that a person asked for. Its room is named by the call, which the carrier echoes in each notice. */
export function beginOutbound(logged: { at: string }, asked: PlaceCallCommand): Decision {
  const { callId, from, to, workspaceId, numberId, snapshot, detectMachine } = asked;
  const call: Call = {
    callId,
    direction: "outbound",
    from,
    to,
    workspaceId,
    numberId,
    snapshot,
    unroutedReason: null,
    detectMachine,
    machineResult: null,
    legs: [],
    ending: null,
    goneAt: null,
    recordings: [],
    transcriptions: [],
    startedAt: logged.at,
    stream: null,
    wasStreamed: false,
    steering: unsteered,
  };
  return decided(
    { phase: "dialing", call, since: logged.at },
    {
      facts: [
        {
          type: "call.started",
          at: logged.at,
          direction: "outbound",
          carrier: "telnyx",
          carrierSessionId: null,
          from,
          to,
          placedBy: asked.placedBy,
          workspaceId,
          numberId,
        },
        { type: "call.routed", at: logged.at, snapshot },
      ],
      commands: [
        {
          kind: "dial",
          key: commandKey(callId, "dial"),
          room: roomNameOfCall(callId),
          from,
          to,
          ringTimeoutMs: RING_TIMEOUT_MS,
          detectMachine,
        },
      ],
    },
  );
}
