import type { Carrier } from "../carrier.ts";
import type { Leg } from "../leg/leg.ts";
import type { StreamRequest } from "./request.ts";
import { MediaStream } from "./stream.ts";

/** Starts a media stream of a leg; one that runs is replaced. What comes of it is told by the `streaming.*` events. */
export function startStream(carrier: Carrier, leg: Leg, request: StreamRequest): void {
  for (const running of leg.streams) running.close("replaced");
  const { media } = carrier.settings;
  const settings = { ...media, frameMs: leg.frameMs ?? media.frameMs };
  const stream = new MediaStream(leg, request, settings, carrier.faults);
  leg.streams.push(stream);
  const refused = carrier.faults.take({
    target: "media",
    effects: ["refuse"],
    call: [leg.sessionId, leg.legId, leg.controlId],
  });
  if (refused === undefined) stream.connect();
  else leg.agenda.at(leg.now, () => stream.fail());
}
