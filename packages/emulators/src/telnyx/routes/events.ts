import { Hono } from "hono";
import type { NodeBindings } from "../../http/listen.ts";
import type { Carrier } from "../carrier.ts";
import type { HistoryEntry, Leg } from "../leg/leg.ts";
import { checkList, filtersOf, instantFilters, pageOf, withinInstant } from "../paging.ts";
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
    const views = carrier.deliveries().filter(isFinished).map(deliveryView);
    const wanted = views
      .filter(
        ({ status, webhook, started_at, finished_at }) =>
          (filters.get("status.eq") ?? status) === status &&
          // Several are named with commas between them.
          (filters.get("event_type") ?? webhook.event_type).split(",").includes(webhook.event_type) &&
          withinInstant(filters, "started_at", started_at) &&
          withinInstant(filters, "finished_at", finished_at),
      )
      .sort((a, b) => b.started_at.localeCompare(a.started_at));
    return c.json(pageOf(wanted, query));
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
function deliveryView(delivery: Delivery) {
  const attempts = delivery.attempts.map(({ at, tookMs, status, url, errors }) => ({
    status: status !== null && status >= 200 && status < 300 ? "delivered" : "failed",
    started_at: at,
    finished_at: new Date(Date.parse(at) + tookMs).toISOString(),
    errors,
    http: {
      request: { url, headers: [] },
      ...(status === null ? {} : { response: { status, headers: [], body: "" } }),
    },
  }));
  return {
    id: delivery.id,
    record_type: "webhook_delivery",
    status: delivery.state === "delivered" ? "delivered" : "failed",
    started_at: delivery.startedAt,
    finished_at: attempts.at(-1)?.finished_at ?? delivery.startedAt,
    attempts,
    webhook: delivery.event,
  };
}
