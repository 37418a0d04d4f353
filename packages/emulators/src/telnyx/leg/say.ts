import type { Speech } from "../../speech/speech.ts";
import { overhear } from "./hear.ts";
import type { Leg } from "./leg.ts";
import type { Relay, Side } from "./track.ts";

/** A line that is heard on a leg, by the script's role of who says it: `caller` is the leg's remote party. */
export interface SaidLine {
  readonly speaker: "caller" | "agent";
  /** The leg's sample at which it begins. */
  readonly start: number;
  readonly speech: Speech;
  /** The bridge or conference that it is heard over: only what is said while that lasts is heard here. */
  readonly relay: Relay | undefined;
}

/** Says a line on a leg from one of its samples on. What its remote party says is heard on every leg that is joined with it. */
export function say(leg: Leg, side: Side, start: number, speech: Speech): void {
  leg.track.place(side, start, speech.pcm);
  leg.said.push({ speaker: side === "remote" ? "caller" : "agent", start, speech, relay: undefined });
  if (side === "local") return;
  for (const ear of leg.ears) overhear(ear, start, speech);
}
