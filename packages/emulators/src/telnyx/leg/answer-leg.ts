import type { Leg } from "./leg.ts";

/** The leg is answered now: `call.answered` goes out and the people get ready to talk. */
export function answerLeg(leg: Leg): void {
  if (leg.state.kind !== "ringing") return;
  leg.state = { kind: "answered", answeredMs: leg.now };
  leg.notify("call.answered", {
    ...leg.identifiers(),
    from: leg.from,
    to: leg.to,
    // The call's start, not the answer: that is the event's occurred_at.
    start_time: leg.clock.iso(0),
    codec: "PCMU",
    sampling_rate: 8000,
  });
  leg.conversation?.consider();
}
