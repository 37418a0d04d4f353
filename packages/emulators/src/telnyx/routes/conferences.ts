import { Hono } from "hono";
import { z } from "zod";
import type { NodeBindings } from "../../http/listen.ts";
import type { Carrier } from "../carrier.ts";
import { findLeg } from "../commands/bridge.ts";
import { createConference, joinConference } from "../conferences/commands.ts";
import { Conference, type Participant } from "../conferences/conference.ts";
import type { Leg } from "../leg/leg.ts";
import { checkList, filtersOf, instantFilters, pageOf } from "../paging.ts";
import { problems } from "../problem.ts";
import {
  ConferenceEndBody,
  ConferenceHoldBody,
  ConferenceLeaveBody,
  ConferenceMuteBody,
  ConferenceUnholdBody,
} from "../schema/conferences.ts";
import { refuseUnemulated } from "../schema/unemulated.ts";
import { check, readJson } from "../validate.ts";

const Member = z.looseObject({ call_control_id: z.string() });
const Created = z.object({ conference: z.instanceof(Conference) });

/** What the four commands change that name several participants. */
const CHANGES = {
  mute: { schema: ConferenceMuteBody, change: { isMuted: true } },
  unmute: { schema: ConferenceMuteBody, change: { isMuted: false } },
  hold: { schema: ConferenceHoldBody, change: { isOnHold: true } },
  unhold: { schema: ConferenceUnholdBody, change: { isOnHold: false } },
} as const;

const CONFERENCES = {
  emulated: ["filter[name]"],
  unemulated: [
    "filter[application_name][contains]",
    "filter[outbound.outbound_voice_profile_id]",
    "filter[leg_id]",
    "filter[application_session_id]",
    "filter[connection_id]",
    "filter[product]",
    "filter[failed]",
    "filter[from]",
    "filter[to]",
    "filter[type]",
    "filter[status]",
    ...instantFilters("occurred_at", "eq", "gt", "gte", "lt", "lte"),
    "region",
  ],
};

const PARTICIPANTS = { unemulated: ["filter[muted]", "filter[on_hold]", "filter[whispering]", "region"] };

/** Making conferences, commanding them, and reading who is in them. */
export function conferenceRoutes(carrier: Carrier): Hono<NodeBindings> {
  const app = new Hono<NodeBindings>();
  const ok = { data: { result: "ok" } };
  const memberOf = (request: unknown): Leg => findLeg(carrier, check(request, Member).call_control_id);
  const find = (id: string): Conference => {
    const conference = carrier.conferences.get(id);
    if (conference === undefined) throw problems.unknownConference();
    return conference;
  };
  const findRunning = (id: string): Conference => {
    const conference = find(id);
    conference.creator.agenda.catchUp();
    if (conference.ended !== undefined) throw problems.conferenceEnded();
    return conference;
  };

  app.post("/conferences", async (c) => {
    const request = await readJson(c.req.raw);
    const made = Created.safeParse(await createConference(carrier, memberOf(request), request));
    // A repeated command_id makes nothing; it is answered with what its leg is in.
    const conference = made.success ? made.data.conference : memberOf(request).conference;
    if (conference === undefined) throw problems.conferenceEnded();
    return c.json({ data: viewOf(conference) });
  });

  app.get("/conferences", (c) => {
    const query = new URL(c.req.url).searchParams;
    checkList(query, CONFERENCES);
    const name = filtersOf(query).get("name");
    const found = [...carrier.conferences.values()].filter(
      (conference) => (name ?? conference.name) === conference.name,
    );
    return c.json(pageOf(found.map(viewOf), query));
  });

  app.get("/conferences/:id", (c) => c.json({ data: viewOf(find(c.req.param("id"))) }));

  app.get("/conferences/:id/participants", (c) => {
    const query = new URL(c.req.url).searchParams;
    checkList(query, PARTICIPANTS);
    const conference = find(c.req.param("id"));
    const views = conference.participants.map((participant) => participantView(conference, participant));
    return c.json(pageOf(views, query));
  });

  app.post("/conferences/:id/actions/join", async (c) => {
    const request = await readJson(c.req.raw);
    await joinConference(findRunning(c.req.param("id")))(carrier, memberOf(request), request);
    return c.json(ok);
  });

  app.post("/conferences/:id/actions/leave", async (c) => {
    const conference = findRunning(c.req.param("id"));
    const [leg] = membersOf(conference, [check(await readJson(c.req.raw), ConferenceLeaveBody).call_control_id]);
    if (leg !== undefined) conference.leave(leg);
    return c.json(ok);
  });

  app.post("/conferences/:id/actions/end", async (c) => {
    check(await readJson(c.req.raw), ConferenceEndBody);
    const conference = findRunning(c.req.param("id"));
    conference.end("ended_via_api", conference.creator, true);
    return c.json(ok);
  });

  for (const [action, { schema, change }] of Object.entries(CHANGES)) {
    app.post(`/conferences/:id/actions/${action}`, async (c) => {
      const body = check(await readJson(c.req.raw), schema);
      refuseUnemulated(body);
      const conference = findRunning(c.req.param("id"));
      conference.change(membersOf(conference, body.call_control_ids), change);
      return c.json(ok);
    });
  }

  return app;
}

/** The participants that are named; all when none is. */
function membersOf(conference: Conference, ids: readonly string[] | undefined): Leg[] {
  const legs = conference.participants.map(({ leg }) => leg);
  if (ids === undefined) return legs;
  return ids.map((id) => {
    const found = legs.find((leg) => leg.controlId === id);
    if (found === undefined) throw problems.notInConference();
    return found;
  });
}

function viewOf({ id, name, createdAt, creator, ended }: Conference): object {
  return {
    record_type: "conference",
    id,
    name,
    created_at: createdAt,
    // The vendor's default: four hours.
    expires_at: new Date(Date.parse(createdAt) + 4 * 3_600_000).toISOString(),
    updated_at: ended?.at ?? createdAt,
    region: "US",
    status: ended === undefined ? "in_progress" : "completed",
    connection_id: creator.connectionId,
    ...(ended === undefined ? {} : { end_reason: ended.reason }),
  };
}

function participantView(conference: Conference, { leg, isMuted, isOnHold, onExit, joinedAt }: Participant): object {
  return {
    record_type: "participant",
    id: leg.legId,
    call_control_id: leg.controlId,
    call_leg_id: leg.legId,
    conference: { id: conference.id, name: conference.name },
    whisper_call_control_ids: [],
    muted: isMuted,
    on_hold: isOnHold,
    end_conference_on_exit: onExit === "end",
    soft_end_conference_on_exit: onExit === "part",
    status: "joined",
    created_at: joinedAt,
    updated_at: joinedAt,
  };
}
