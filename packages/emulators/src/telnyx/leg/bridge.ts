import { type Ear, hear, stopHearing } from "./hear.ts";
import { introduce } from "./introduce.ts";
import type { Leg } from "./leg.ts";

/** A leg's half of a bridge: the other leg, and how this one hears it. */
export interface Bridge {
  readonly other: Leg;
  readonly ear: Ear;
}

/** Joins two answered legs: from now on each one's local side is the other's remote party. One `call.bridged` for each. */
export function bridgeLegs(leg: Leg, other: Leg): void {
  for (const side of [leg, other]) {
    unbridge(side);
    side.conference?.leave(side);
  }
  leg.bridge = { other, ear: hear(leg, other) };
  other.bridge = { other: leg, ear: hear(other, leg) };
  for (const side of [leg, other]) {
    side.notify("call.bridged", { ...side.identifiers(), from: side.from, to: side.to });
  }
  introduce(leg, other);
}

/** Parts a leg from the one that it is bridged with, now; returns that one. Nothing happens where there is no bridge. */
export function unbridge(leg: Leg): Leg | undefined {
  const bridge = leg.bridge;
  if (bridge === undefined) return undefined;
  for (const side of [leg, bridge.other]) {
    if (side.bridge !== undefined) stopHearing(side.bridge.ear);
    side.bridge = undefined;
  }
  return bridge.other;
}
