import { Hono } from "hono";
import { z } from "zod";
import type { NodeBindings } from "../../http/listen.ts";
import type { Application, Carrier } from "../carrier.ts";
import { checkList, filtersOf, pageOf } from "../paging.ts";
import { problems } from "../problem.ts";
import { readBody } from "../validate.ts";

const ApplicationPatch = z.strictObject({
  application_name: z.string().min(1).optional(),
  webhook_event_url: z.url().optional(),
  webhook_event_failover_url: z.union([z.url(), z.literal(""), z.null()]).optional(),
  webhook_api_version: z.enum(["1", "2"]).optional(),
  active: z.boolean().optional(),
});

const NumberPatch = z.strictObject({ connection_id: z.string().optional() });

const APPLICATIONS = {
  unemulated: [
    "filter[application_name][contains]",
    "filter[outbound.outbound_voice_profile_id]",
    "page[after]",
    "page[before]",
    "page[limit]",
    "sort",
  ],
};

const NUMBERS = {
  emulated: ["filter[connection_id]", "filter[phone_number]"],
  unemulated: [
    "filter[tag]",
    "filter[without_tags]",
    "filter[status]",
    "filter[country_iso_alpha2]",
    "filter[voice.connection_name][contains]",
    "filter[voice.connection_name][starts_with]",
    "filter[voice.connection_name][ends_with]",
    "filter[voice.connection_name][eq]",
    "filter[voice.usage_payment_method]",
    "filter[billing_group_id]",
    "filter[emergency_address_id]",
    "filter[customer_reference]",
    "filter[number_type][eq]",
    "filter[source]",
    "handle_messaging_profile_error",
    "sort",
  ],
};

export function accountRoutes(carrier: Carrier): Hono<NodeBindings> {
  const app = new Hono<NodeBindings>();
  const { application } = carrier;

  app.get("/balance", (c) =>
    c.json({
      data: {
        record_type: "balance",
        balance: "100.00",
        credit_limit: "0.00",
        available_credit: "100.00",
        pending: "0.00",
        currency: "USD",
      },
    }),
  );

  app.get("/call_control_applications", (c) => {
    const query = new URL(c.req.url).searchParams;
    checkList(query, APPLICATIONS);
    return c.json(pageOf([applicationView(application)], query));
  });

  app.get("/call_control_applications/:id", (c) => {
    if (c.req.param("id") !== application.id) throw problems.notFound();
    return c.json({ data: applicationView(application) });
  });

  app.patch("/call_control_applications/:id", async (c) => {
    if (c.req.param("id") !== application.id) throw problems.notFound();
    const patch = await readBody(c.req.raw, ApplicationPatch);
    if (patch.webhook_api_version === "1") throw problems.notEmulated("API version 1 webhooks", "/webhook_api_version");
    if (patch.active === false) throw problems.notEmulated("an inactive application", "/active");
    application.name = patch.application_name ?? application.name;
    application.webhookUrl = patch.webhook_event_url ?? application.webhookUrl;
    if (patch.webhook_event_failover_url !== undefined)
      application.failoverUrl = patch.webhook_event_failover_url || null;
    application.updatedAt = new Date().toISOString();
    return c.json({ data: applicationView(application) });
  });

  app.get("/phone_numbers", (c) => {
    const query = new URL(c.req.url).searchParams;
    checkList(query, NUMBERS);
    const filters = filtersOf(query);
    const numbers = [...carrier.numbers].filter(
      ([number, connectionId]) =>
        (filters.get("connection_id") ?? connectionId) === connectionId &&
        number.includes(filters.get("phone_number") ?? ""),
    );
    return c.json(
      pageOf(
        numbers.map(([number]) => numberView(carrier, number)),
        query,
      ),
    );
  });

  app.get("/phone_numbers/:id", (c) => c.json({ data: numberView(carrier, findNumber(carrier, c.req.param("id"))) }));

  app.patch("/phone_numbers/:id", async (c) => {
    const number = findNumber(carrier, c.req.param("id"));
    const { connection_id } = await readBody(c.req.raw, NumberPatch);
    if (connection_id !== undefined && connection_id !== application.id) throw problems.unknownConnection();
    if (connection_id !== undefined) carrier.numbers.set(number, connection_id);
    return c.json({ data: numberView(carrier, number) });
  });

  return app;
}

function applicationView(application: Application): object {
  return {
    id: application.id,
    record_type: "call_control_application",
    application_name: application.name,
    webhook_event_url: application.webhookUrl,
    webhook_event_failover_url: application.failoverUrl,
    webhook_api_version: "2",
    webhook_timeout_secs: null,
    active: true,
    anchorsite_override: "Latency",
    dtmf_type: "RFC 2833",
    first_command_timeout: false,
    first_command_timeout_secs: 30,
    call_cost_in_webhooks: false,
    redact_dtmf_debug_logging: false,
    tags: [],
    inbound: {
      channel_limit: null,
      shaken_stir_enabled: false,
      sip_subdomain: null,
      sip_subdomain_receive_settings: "from_anyone",
    },
    outbound: { channel_limit: null, outbound_voice_profile_id: "1293384261075731499" },
    created_at: application.createdAt,
    updated_at: application.updatedAt,
  };
}

/** A number's id is made of its digits: stable, and a string of digits as the vendor's. */
function idOf(number: string): string {
  return `17${number.replace("+", "")}`;
}

function findNumber(carrier: Carrier, id: string): string {
  const number = [...carrier.numbers.keys()].find((candidate) => idOf(candidate) === id || candidate === id);
  if (number === undefined) throw problems.notFound();
  return number;
}

function numberView(carrier: Carrier, number: string): object {
  return {
    id: idOf(number),
    record_type: "phone_number",
    phone_number: number,
    status: "active",
    connection_id: carrier.numbers.get(number) ?? null,
    connection_name: carrier.application.name,
    messaging_profile_id: null,
    country_iso_alpha2: "US",
    phone_number_type: "local",
    tags: [],
    call_recording_enabled: false,
    purchased_at: carrier.application.createdAt,
    created_at: carrier.application.createdAt,
    updated_at: carrier.application.createdAt,
  };
}
