import type { StreamRequest } from "../media/request.ts";
import type { Leg } from "./leg.ts";

/** The leg is answered now: `call.answered` goes out and the people get ready to talk. `stream` is what will be started with it. */
export function answerLeg(leg: Leg, stream?: StreamRequest): void {
  if (leg.state.kind !== "ringing") return;
  leg.state = { kind: "answered", answeredMs: leg.now };
  leg.notify("call.answered", {
    ...leg.identifiers(),
    from: leg.from,
    to: leg.to,
    // The call's start, not the answer: that is the event's occurred_at.
    start_time: leg.clock.iso(0),
    codec: leg.codec,
    sampling_rate: 8000,
    ...(stream === undefined ? {} : { stream_url: stream.url, stream_track: stream.track }),
  });
  leg.conversation?.consider();
}
