import { Hono } from "hono";
import { z } from "zod";
import type { NodeBindings } from "../../http/listen.ts";
import { BUILT_IN_SCRIPTS } from "../../script/built-in.ts";
import { endLeg } from "../../telnyx/leg/end-leg.ts";
import type { Leg } from "../../telnyx/leg/leg.ts";
import { pressKeys } from "../../telnyx/leg/press-keys.ts";
import { PhoneBookEntry } from "../../telnyx/phone-book.ts";
import { detailOf, summaryOf } from "../call-view.ts";
import { type ControlContext, ControlProblem } from "../context.ts";
import { PlaceCall, placeCall, readScript } from "../place-call.ts";

const Keys = z.strictObject({ digits: z.string().regex(/^[0-9A-D*#]{1,64}$/) });
const Pace = z.strictObject({ pace: z.number().min(0.1).max(1000) });
const ClockStep = z.strictObject({ aheadMs: z.int().min(-3_600_000).max(3_600_000) });

/** Places calls, shows them, ends them, and says how numbers behave when they are dialled. */
export function callRoutes(context: ControlContext): Hono<NodeBindings> {
  const { carrier, laboratory } = context;
  const app = new Hono<NodeBindings>();

  app.get("/scripts", (c) => c.json({ scripts: BUILT_IN_SCRIPTS }));

  app.post("/calls", async (c) => {
    const isForm = c.req.header("content-type")?.startsWith("multipart/form-data") ?? false;
    const request = PlaceCall.parse(isForm ? await readForm(await c.req.formData()) : await c.req.json());
    const leg = await placeCall(context, request);
    return c.json({ callSessionId: leg.sessionId, callLegId: leg.legId, callControlId: leg.controlId }, 201);
  });

  app.get("/calls", (c) => c.json({ calls: [...carrier.legs.values()].reverse().map(caughtUp).map(summaryOf) }));

  app.get("/calls/:id", async (c) => {
    const legs = find(context, c.req.param("id")).map(caughtUp);
    const [first, ...others] = await Promise.all(legs.map((leg) => detailOf(leg)));
    return c.json({ ...first, otherLegs: others });
  });

  app.post("/calls/:id/hangup", (c) => {
    for (const leg of find(context, c.req.param("id")).map(caughtUp)) {
      const ending = leg.conversation?.ending() ?? {
        cause: "normal_clearing",
        source: "unknown",
        sip: "unspecified",
      };
      endLeg(carrier, leg, ending);
    }
    return c.json({ ok: true });
  });

  app.post("/calls/:id/dtmf", async (c) => {
    const { digits } = Keys.parse(await c.req.json());
    const leg = find(context, c.req.param("id"))
      .map(caughtUp)
      .find(({ state }) => state.kind === "answered");
    if (leg === undefined) throw new ControlProblem(409, "Nobody has answered this call: keys would go nowhere.");
    pressKeys(leg, digits);
    return c.json({ ok: true });
  });

  app.get("/phonebook", (c) => c.json({ entries: Object.fromEntries(carrier.phoneBook) }));

  app.put("/phonebook/:number", async (c) => {
    const entry = PhoneBookEntry.parse(await c.req.json());
    if (entry.behaviour === "answer" && entry.script !== undefined) readScript(entry.script);
    carrier.phoneBook.set(c.req.param("number"), entry);
    return c.json({ number: c.req.param("number"), ...entry });
  });

  app.delete("/phonebook/:number", (c) => {
    carrier.phoneBook.delete(c.req.param("number"));
    return c.json({ ok: true });
  });

  app.post("/pace", async (c) => {
    carrier.pace = Pace.parse(await c.req.json()).pace;
    // Calls that pass faster are transcribed faster.
    laboratory.streams.pace = carrier.pace;
    return c.json({ pace: carrier.pace });
  });

  app.post("/clock", async (c) => {
    carrier.clockAheadMs = ClockStep.parse(await c.req.json()).aheadMs;
    return c.json({ aheadMs: carrier.clockAheadMs });
  });

  return app;
}

/** The legs of a session, or the one leg of a leg id or control id. */
function find({ carrier }: ControlContext, id: string): Leg[] {
  const legs = [...carrier.legs.values()].filter((leg) => [leg.sessionId, leg.legId, leg.controlId].includes(id));
  if (legs.length === 0) throw new ControlProblem(404, `There is no call ${id}.`);
  return legs;
}

function caughtUp(leg: Leg): Leg {
  leg.agenda.catchUp();
  return leg;
}

/** Form fields as the JSON form has them: the file becomes base64, a script that is written as JSON is read. */
async function readForm(form: FormData): Promise<Record<string, unknown>> {
  const request: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (value === "") continue;
    if (typeof value !== "string") {
      if (value.size > 0) request[name] = Buffer.from(await value.arrayBuffer()).toString("base64");
    } else request[name] = name === "script" && value.startsWith("{") ? JSON.parse(value) : value;
  }
  return request;
}
