import type { Leg } from "./leg.ts";

/** Call milliseconds from one key to the next: a thumb's pace. */
const KEY_MS = 300;

/**
 * The leg's remote party presses keys, one after the other: each makes a `call.dtmf.received` and a frame on the media socket. They
 * do not sound: as RFC 4733 events they travel beside the voice.
 */
export function pressKeys(leg: Leg, digits: string): void {
  [...digits].forEach((digit, index) => {
    leg.agenda.at(leg.now + index * KEY_MS, () => {
      if (leg.state.kind !== "answered") return;
      leg.notify("call.dtmf.received", { ...leg.identifiers(), from: leg.from, to: leg.to, digit });
      for (const stream of leg.streams) stream.sendDigit(digit);
    });
  });
}
