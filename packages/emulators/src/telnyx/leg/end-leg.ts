import type { Carrier } from "../carrier.ts";
import { stopRecording } from "../recordings/record.ts";
import { unbridge } from "./bridge.ts";
import type { Ending, Leg } from "./leg.ts";

/** Ends a leg now: what plays is cut, recordings stop, `call.hangup` goes out. A second time changes nothing. */
export function endLeg(carrier: Carrier, leg: Leg, ending: Ending): void {
  if (leg.state.kind === "ended") return;
  const endedMs = leg.now;
  const answeredMs = leg.state.kind === "answered" ? leg.state.answeredMs : null;
  leg.state = { kind: "ended", answeredMs, endedMs, ending };
  const partner = unbridge(leg);
  leg.conference?.leave(leg);
  leg.speech.hangUp();
  for (const stream of leg.streams) stream.close("hangup");
  leg.notify("call.hangup", {
    ...leg.identifiers(),
    from: leg.from,
    to: leg.to,
    start_time: leg.clock.iso(0),
    end_time: leg.clock.iso(endedMs),
    hangup_cause: ending.cause,
    hangup_source: ending.source,
    sip_hangup_cause: ending.sip,
    call_quality_stats: answeredMs === null ? null : qualityStats(endedMs - answeredMs),
  });
  for (const recording of leg.recordings) stopRecording(carrier, recording);
  // Without park_after_unbridge a leg does not outlive its partner.
  if (partner !== undefined && !partner.parksAfterUnbridge) {
    endLeg(carrier, partner, { ...ending, source: "unknown", sip: "unspecified" });
  }
}

/** Numbers as strings, one packet per 20 ms, as seen live. */
function qualityStats(talkMs: number): object {
  const packets = String(Math.round(talkMs / 20));
  return {
    inbound: {
      mos: "4.50",
      packet_count: packets,
      skip_packet_count: "0",
      jitter_packet_count: "0",
      jitter_max_variance: "0.00",
    },
    outbound: { packet_count: packets, skip_packet_count: "0" },
  };
}
