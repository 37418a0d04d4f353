import type { Carrier } from "../carrier.ts";
import { bridgeLegs } from "../leg/bridge.ts";
import type { Leg } from "../leg/leg.ts";
import { problems } from "../problem.ts";
import { BridgeBody } from "../schema/commands.ts";
import { command } from "./command.ts";
import { recordFromAnswer } from "./record-from-answer.ts";

export const bridge = command("bridge", BridgeBody, "answered", (carrier, leg, body) => {
  if (body.call_control_id === undefined) throw problems.notEmulated("bridging with a queue or a video room");
  const other = findLeg(carrier, body.call_control_id);
  if (!other.isAlive) throw problems.callEnded();
  if (other.state.kind !== "answered") throw problems.notAnswered();
  const recording = recordFromAnswer(carrier, body, "BridgeAPI");
  leg.parksAfterUnbridge = body.park_after_unbridge === "self";
  bridgeLegs(leg, other);
  recording?.start(leg);
  return recording === null ? undefined : { recording_id: recording.id };
});

/** The leg of a control id; throws 90015 when there is none. */
export function findLeg(carrier: Carrier, controlId: string): Leg {
  const leg = carrier.legs.get(controlId);
  if (leg === undefined) throw problems.unknownCall();
  return leg;
}
