import { Hono } from "hono";
import type { NodeBindings } from "../../http/listen.ts";
import type { Carrier } from "../carrier.ts";
import type { HistoryEntry, Leg } from "../leg/leg.ts";
import { checkList, filtersOf, instantFilter, instantFilters, pageOf, withinInstant } from "../paging.ts";
import type { Delivery } from "../webhooks/delivery.ts";

const DAY_MS = 86_400_000;

const EVENTS = {
  emulated: [
    "filter[leg_id]",
    "filter[application_session_id]",
    "filter[connection_id]",
    "filter[from]",
    "filter[to]",
    "filter[product]",
    "filter[type]",
    "filter[name]",
    ...instantFilters("occurred_at", "eq", "gt", "gte", "lt", "lte"),
  ],
  unemulated: [
    "filter[application_name][contains]",
    "filter[outbound.outbound_voice_profile_id]",
    "filter[failed]",
    "filter[status]",
    "page[after]",
    "page[before]",
    "page[limit]",
  ],
};

const DELIVERIES = {
  emulated: [
    "filter[status][eq]",
    "filter[event_type]",
    ...instantFilters("started_at", "gte", "lte"),
    ...instantFilters("finished_at", "gte", "lte"),
  ],
  unemulated: ["filter[webhook][contains]", "filter[attempts][contains]"],
};

/** What the vendor keeps of a call's events and of their deliveries: how a lost webhook is found. */
export function eventRoutes(carrier: Carrier): Hono<NodeBindings> {
  const app = new Hono<NodeBindings>();

  app.get("/call_events", (c) => {
    const query = new URL(c.req.url).searchParams;
    checkList(query, EVENTS);
    const filters = filtersOf(query);
    const oldest = filters.has("leg_id") || filters.has("application_session_id") ? 0 : Date.now() - DAY_MS;
    const events = [...carrier.legs.values()]
      .filter((leg) => legPasses(leg, filters))
      .flatMap((leg) => leg.history.flatMap((entry) => eventOf(leg, entry)))
      .filter(
        (event) =>
          Date.parse(event.event_timestamp) >= oldest &&
          (filters.get("type") ?? event.type) === event.type &&
          (filters.get("name") ?? event.name) === event.name &&
          withinInstant(filters, "occurred_at", event.event_timestamp),
      )
      .sort((a, b) => a.event_timestamp.localeCompare(b.event_timestamp));
    return c.json(pageOf(events, query));
  });

  app.get("/webhook_deliveries", (c) => {
    const query = new URL(c.req.url).searchParams;
    checkList(query, DELIVERIES);
    const filters = filtersOf(query);
    const [hasStarted, hasFinished] = [instantFilter(filters, "started_at"), instantFilter(filters, "finished_at")];
    // Several are named with commas between them.
    const types = filters.get("event_type")?.split(",");
    const wanted = carrier
      .deliveries()
      .filter(
        (delivery) =>
          isFinished(delivery) &&
          (filters.get("status.eq") ?? statusOf(delivery)) === statusOf(delivery) &&
          (types === undefined || types.includes(delivery.event.event_type)) &&
          hasStarted(() => delivery.startedAt) &&
          hasFinished(() => finishedAt(delivery)),
      )
      .sort((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0));
    const { data, meta } = pageOf(wanted, query);
    return c.json({ data: data.map(deliveryView), meta });
  });

  return app;
}

function legPasses(leg: Leg, filters: ReadonlyMap<string, string>): boolean {
  const values: Readonly<Record<string, string>> = {
    leg_id: leg.legId,
    application_session_id: leg.sessionId,
    connection_id: leg.connectionId,
    from: leg.from,
    to: leg.to,
    product: "call_control",
  };
  return Object.entries(values).every(([name, value]) => (filters.get(name) ?? value) === value);
}

function eventOf(leg: Leg, entry: HistoryEntry) {
  if (entry.type === "audio") return [];
  return [
    {
      record_type: "call_event",
      call_leg_id: leg.legId,
      call_session_id: leg.sessionId,
      event_timestamp: entry.at,
      name: entry.name,
      type: entry.type === "event" ? "webhook" : "command",
      // "Includes the raw event": the webhook's data, or the command's body.
      metadata: entry.detail ?? {},
    },
  ];
}

function isFinished(delivery: Delivery): boolean {
  return delivery.state !== "pending";
}

/** One that a fault took on its way is, to whoever sent it, one that nobody answered. */
function statusOf({ state }: Delivery): "delivered" | "failed" {
  return state === "delivered" ? "delivered" : "failed";
}

function endOf({ at, tookMs }: Delivery["attempts"][number]): string {
  return new Date(Date.parse(at) + tookMs).toISOString();
}

function finishedAt({ attempts, startedAt }: Delivery): string {
  const last = attempts.at(-1);
  return last === undefined ? startedAt : endOf(last);
}

function deliveryView(delivery: Delivery) {
  const attempts = delivery.attempts.map((attempt) => ({
    status: attempt.status !== null && attempt.status >= 200 && attempt.status < 300 ? "delivered" : "failed",
    started_at: attempt.at,
    finished_at: endOf(attempt),
    errors: attempt.errors,
    http: {
      request: { url: attempt.url, headers: [] },
      ...(attempt.status === null ? {} : { response: { status: attempt.status, headers: [], body: "" } }),
    },
  }));
  return {
    id: delivery.id,
    record_type: "webhook_delivery",
    status: statusOf(delivery),
    started_at: delivery.startedAt,
    finished_at: finishedAt(delivery),
    attempts,
    webhook: delivery.event,
  };
}
