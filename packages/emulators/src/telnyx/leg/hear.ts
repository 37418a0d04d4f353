import { SAMPLE_HZ, type Speech } from "../../speech/speech.ts";
import { problems } from "../problem.ts";
import type { Leg } from "./leg.ts";
import { type Relay, toSample } from "./track.ts";

/** One leg hearing another's party, from a moment until it stops. */
export interface Ear {
  readonly listener: Leg;
  readonly source: Leg;
  readonly relay: Relay;
}

/** From now on `listener` hears the party of `source`, to the sample. Throws 501 for calls that run at different paces. */
export function hear(listener: Leg, source: Leg): Ear {
  refusePaces(listener, source);
  const relay = listener.track.hear(source.track, toSample(listener.now), shiftBetween(listener, source));
  const ear = { listener, source, relay };
  source.ears.add(ear);
  const now = toSample(source.now);
  for (const { speaker, start, speech } of source.said) {
    // Of what is being said, the words from now on are heard.
    if (speaker === "caller" && start + speech.pcm.length > now) overhear(ear, start, speech);
  }
  return ear;
}

/** Throws 501 for calls that run at different paces: a second of one would be half a second of the other. */
export function refusePaces(leg: Leg, other: Leg): void {
  if (leg.clock.pace !== other.clock.pace) throw problems.notEmulated("joining calls that run at different paces");
}

/** From now on it hears that party no more; what it heard stays on its track. */
export function stopHearing({ listener, source, relay }: Ear): void {
  relay.to = toSample(listener.now);
  for (const ear of source.ears) if (ear.relay === relay) source.ears.delete(ear);
}

/** Added to a sample of `leg`'s call, it is the same moment's sample of the other's. */
export function shiftBetween(leg: Leg, other: Leg): number {
  return Math.round(((leg.clock.startedAt - other.clock.startedAt) * leg.clock.pace * SAMPLE_HZ) / 1000);
}

/** Notes on the listener what is said; `start` is the source's sample. The sound itself comes over the relay. */
export function overhear({ listener, relay }: Ear, start: number, speech: Speech): void {
  listener.said.push({ speaker: "agent", start: start - relay.shift, speech, relay });
}
