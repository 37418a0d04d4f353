import { SAMPLE_HZ } from "../../speech/speech.ts";
import { problems } from "../problem.ts";
import type { Leg } from "./leg.ts";
import { overhear } from "./say.ts";
import { type Relay, toSample } from "./track.ts";

/** A leg's half of a bridge: the other leg, and what this one hears of it. */
export interface Bridge {
  readonly other: Leg;
  readonly relay: Relay;
}

/**
 * Joins two answered legs: from now on each one's local side is the other's remote party, to the sample. One `call.bridged` for each.
 * Of two people who have not begun to talk, the one that was dialled says the script; what the other leg's script had left is not said.
 */
export function bridgeLegs(leg: Leg, other: Leg): void {
  if (leg.clock.pace !== other.clock.pace) throw problems.notEmulated("bridging calls that run at different paces");
  for (const side of [leg, other]) unbridge(side);
  leg.bridge = { other, relay: hear(leg, other) };
  other.bridge = { other: leg, relay: hear(other, leg) };
  hearTheRest(leg, other);
  hearTheRest(other, leg);
  for (const side of [leg, other]) {
    side.notify("call.bridged", { ...side.identifiers(), from: side.from, to: side.to });
  }
  const newcomer = [other, leg].find((side) => side.direction === "outgoing" && side.conversation?.isWaiting);
  if (newcomer === undefined) return;
  const veteran = newcomer === leg ? other : leg;
  veteran.conversation?.leave();
  newcomer.conversation?.join(veteran);
}

/** Parts a leg from the one that it is bridged with, now; returns that one. Nothing happens where there is no bridge. */
export function unbridge(leg: Leg): Leg | undefined {
  const bridge = leg.bridge;
  if (bridge === undefined) return undefined;
  for (const side of [leg, bridge.other]) {
    if (side.bridge !== undefined) side.bridge.relay.to = toSample(side.now);
    side.bridge = undefined;
  }
  return bridge.other;
}

/** Of what the other leg's person is saying, the words from now on are heard here too. */
function hearTheRest(leg: Leg, other: Leg): void {
  const now = toSample(other.now);
  for (const { speaker, start, speech } of other.said) {
    if (speaker === "caller" && start + speech.pcm.length > now) overhear(leg, start, speech);
  }
}

function hear(leg: Leg, other: Leg): Relay {
  const aheadMs = (leg.clock.startedAt - other.clock.startedAt) * leg.clock.pace;
  return leg.track.hear(other.track, toSample(leg.now), Math.round((aheadMs * SAMPLE_HZ) / 1000));
}
