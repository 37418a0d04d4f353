import { Hono } from "hono";
import type { NodeBindings } from "../../http/listen.ts";
import type { Carrier } from "../carrier.ts";
import { findLeg } from "../commands/bridge.ts";
import { Dialler } from "../commands/dial.ts";
import { COMMANDS } from "../commands/index.ts";
import type { Leg } from "../leg/leg.ts";
import { checkList, pageOf } from "../paging.ts";
import { problems } from "../problem.ts";
import { ClientStateBody } from "../schema/commands.ts";
import { readBody, readJson } from "../validate.ts";

const ACTIVE_CALLS = { unemulated: ["page[after]", "page[before]", "page[limit]"] };

/** A call that ended can be read for ten more minutes. */
const READABLE_AFTER_END_MS = 10 * 60_000;

export function callRoutes(carrier: Carrier): Hono<NodeBindings> {
  const dialler = new Dialler(carrier);
  const app = new Hono<NodeBindings>();

  app.post("/calls", async (c) => c.json({ data: dialler.dial(await readJson(c.req.raw)) }));

  app.get("/calls/:id", (c) => {
    const leg = carrier.legs.get(c.req.param("id"));
    leg?.agenda.catchUp();
    if (leg === undefined || isForgotten(leg)) throw problems.notFound();
    return c.json({ data: viewOf(leg) });
  });

  app.put("/calls/:id/actions/client_state_update", async (c) => {
    const leg = findLeg(carrier, c.req.param("id"));
    const { client_state } = await readBody(c.req.raw, ClientStateBody);
    leg.agenda.catchUp();
    if (!leg.isAlive) throw problems.callEnded();
    leg.clientState = client_state;
    return c.json({ data: { result: "ok" } });
  });

  app.post("/calls/:id/actions/:action", async (c) => {
    const run = COMMANDS[c.req.param("action")];
    if (run === undefined) throw problems.notFound();
    const leg = findLeg(carrier, c.req.param("id"));
    const fields = await run(carrier, leg, await readJson(c.req.raw));
    return c.json({ data: { result: "ok", ...fields } });
  });

  app.get("/connections/:id/active_calls", (c) => {
    const query = new URL(c.req.url).searchParams;
    checkList(query, ACTIVE_CALLS);
    const active = [...carrier.legs.values()].filter((leg) => leg.isAlive && leg.connectionId === c.req.param("id"));
    const { data, meta } = pageOf(active.map(activeViewOf), query);
    const cursors = { after: null, before: null };
    return c.json({ data, meta: { ...meta, cursors, next: null, previous: null, total_items: active.length } });
  });

  return app;
}

function isForgotten(leg: Leg): boolean {
  return leg.state.kind === "ended" && leg.now - leg.state.endedMs > READABLE_AFTER_END_MS * leg.clock.pace;
}

function viewOf(leg: Leg): object {
  return {
    ...activeViewOf(leg),
    is_alive: leg.isAlive,
    start_time: leg.clock.iso(0),
    ...(leg.state.kind === "ended" ? { end_time: leg.clock.iso(leg.state.endedMs) } : {}),
  };
}

function activeViewOf(leg: Leg): object {
  return {
    record_type: "call",
    call_control_id: leg.controlId,
    call_leg_id: leg.legId,
    call_session_id: leg.sessionId,
    client_state: leg.clientState,
    call_duration: talkSeconds(leg),
  };
}

function talkSeconds(leg: Leg): number {
  if (leg.state.kind === "ringing" || leg.state.answeredMs === null) return 0;
  const endMs = leg.state.kind === "ended" ? leg.state.endedMs : leg.now;
  return Math.floor((endMs - leg.state.answeredMs) / 1000);
}
