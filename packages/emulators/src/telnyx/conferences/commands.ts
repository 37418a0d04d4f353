import type { Carrier } from "../carrier.ts";
import { command } from "../commands/command.ts";
import { unbridge } from "../leg/bridge.ts";
import { endLeg } from "../leg/end-leg.ts";
import type { Leg } from "../leg/leg.ts";
import { problems } from "../problem.ts";
import { ConferenceCreateBody, ConferenceJoinBody } from "../schema/conferences.ts";
import { refuseUnemulated } from "../schema/unemulated.ts";
import { Conference, type Exit } from "./conference.ts";

const MINUTE_MS = 60_000;

/** Makes a conference of one leg, which others can join. Its id is in the answer. */
export const createConference = command("conference_create", ConferenceCreateBody, "answered", (carrier, leg, body) => {
  refuseUnemulated(body);
  if (!body.start_conference_on_create) throw problems.notEmulated("a conference that starts later");
  refuseBeep(body.beep_enabled);
  const conference = new Conference(body.name, leg, (member) => hangUp(carrier, member));
  carrier.conferences.set(conference.id, conference);
  takeIn(carrier, conference, leg, { onExit: "stay", isMuted: false, isOnHold: false });
  if (body.duration_minutes !== undefined) {
    leg.agenda.at(leg.now + body.duration_minutes * MINUTE_MS, () => conference.end("time_exceeded", leg, false));
  }
  return { conference };
});

/** The command by which a leg joins a conference. */
export function joinConference(conference: Conference) {
  return command("conference_join", ConferenceJoinBody, "answered", (carrier, leg, body) => {
    refuseUnemulated(body);
    refuseBeep(body.beep_enabled);
    if (!body.start_conference_on_enter) throw problems.notEmulated("a conference that starts later");
    takeIn(carrier, conference, leg, {
      onExit: body.end_conference_on_exit ? "end" : body.soft_end_conference_on_exit ? "part" : "stay",
      isMuted: body.mute,
      isOnHold: body.hold,
    });
    return undefined;
  });
}

/** A leg that joins leaves the bridge or conference that it was in; a partner that may not stay alone ends. */
function takeIn(
  carrier: Carrier,
  conference: Conference,
  leg: Leg,
  options: { onExit: Exit; isMuted: boolean; isOnHold: boolean },
): void {
  const partner = unbridge(leg);
  leg.conference?.leave(leg);
  conference.join(leg, options);
  if (partner !== undefined && !partner.parksAfterUnbridge) hangUp(carrier, partner);
}

function hangUp(carrier: Carrier, leg: Leg): void {
  endLeg(carrier, leg, { cause: "normal_clearing", source: "unknown", sip: "unspecified" });
}

function refuseBeep(beep: string): void {
  if (beep !== "never") throw problems.notEmulated("the beep of a conference", "/beep_enabled");
}
