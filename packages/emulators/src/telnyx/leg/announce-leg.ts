import type { Leg } from "./leg.ts";

/** Sends the first event of a leg. */
export function announceLeg(leg: Leg): void {
  const incoming = leg.direction === "incoming";
  leg.notify("call.initiated", {
    ...leg.identifiers(),
    direction: leg.direction,
    state: incoming ? "parked" : "bridging",
    from: leg.from,
    to: leg.to,
    caller_id_name: leg.from,
    start_time: leg.clock.iso(0),
    ...(incoming ? { offered_codecs: "PCMU,G729", connection_codecs: "PCMA,PCMU" } : {}),
    from_sip_uri: `${leg.from.replace("+", "")}@192.0.2.10:5060`,
    to_sip_uri: `${leg.to}@192.0.2.20:5060`,
  });
}
