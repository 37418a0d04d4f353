import type { Speech } from "../../speech/speech.ts";
import type { Leg } from "./leg.ts";
import type { Relay, Side } from "./track.ts";

/** A line that is heard on a leg, by the script's role of who says it: `caller` is the leg's remote party. */
export interface SaidLine {
  readonly speaker: "caller" | "agent";
  /** The leg's sample at which it begins. */
  readonly start: number;
  readonly speech: Speech;
  /** The bridge that it is heard over: only what is said while it lasts is heard here. */
  readonly relay: Relay | undefined;
}

/** Says a line on a leg from one of its samples on. On a bridged leg the local side is the other leg's person, and hears what is said here. */
export function say(leg: Leg, side: Side, start: number, speech: Speech): void {
  const bridge = leg.bridge;
  if (bridge === undefined) {
    leg.track.place(side, start, speech.pcm);
    leg.said.push({ speaker: side === "remote" ? "caller" : "agent", start, speech, relay: undefined });
    return;
  }
  if (side === "local") {
    say(bridge.other, "remote", start + bridge.relay.shift, speech);
    return;
  }
  leg.track.place("remote", start, speech.pcm);
  leg.said.push({ speaker: "caller", start, speech, relay: undefined });
  overhear(bridge.other, start, speech);
}

/** Notes on a bridged leg what its partner's person says; `start` is the partner's sample. The sound itself comes over the bridge. */
export function overhear(leg: Leg, start: number, speech: Speech): void {
  const relay = leg.bridge?.relay;
  if (relay !== undefined) leg.said.push({ speaker: "agent", start: start - relay.shift, speech, relay });
}
