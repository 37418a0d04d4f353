import { Hono } from "hono";
import { z } from "zod";
import { listen, type NodeBindings } from "../../src/http/listen.ts";

const Body = z.object({
  data: z
    .object({
      event_type: z.string(),
      id: z.string(),
      occurred_at: z.string(),
      payload: z.looseObject({
        call_control_id: z.string(),
        call_leg_id: z.string(),
        call_session_id: z.string(),
        client_state: z.string().nullable(),
        direction: z.string().optional(),
        status: z.string().optional(),
        result: z.string().optional(),
        digit: z.string().optional(),
        conference_id: z.string().optional(),
        reason: z.string().optional(),
        hangup_cause: z.string().optional(),
        hangup_source: z.string().optional(),
        sip_hangup_cause: z.string().optional(),
        recording_urls: z.object({ wav: z.string() }).optional(),
        recording_id: z.string().optional(),
      }),
    })
    .optional(),
  meta: z.object({ attempt: z.number(), delivered_to: z.string() }).optional(),
  transcript_id: z.string().optional(),
  status: z.string().optional(),
});

/** A webhook as it arrived. */
export interface Arrived {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: string;
  readonly body: z.infer<typeof Body>;
  readonly at: number;
}

export interface Receiver {
  readonly url: string;
  readonly arrived: Arrived[];
  /** The first arrival that fits, now or later; rejects after `timeoutMs`. */
  waitFor(fits: (arrived: Arrived) => boolean, timeoutMs?: number): Promise<Arrived>;
  /** The payload of the first event of a type, of one leg or session where given. */
  event(type: string, id?: string): Promise<NonNullable<z.infer<typeof Body>["data"]>["payload"]>;
  close(): Promise<void>;
}

/** A server that keeps every POST and answers with what `respond` says (200 by default). */
export async function startReceiver(
  respond: (arrived: Arrived) => number | Promise<number> = () => 200,
): Promise<Receiver> {
  const arrived: Arrived[] = [];
  const app = new Hono<NodeBindings>();
  app.post("*", async (c) => {
    const rawBody = await c.req.text();
    const body = Body.parse(JSON.parse(rawBody));
    const entry = { path: c.req.path, headers: c.req.header(), rawBody, body, at: Date.now() };
    arrived.push(entry);
    return new Response(null, { status: await respond(entry) });
  });
  const listener = await listen(app, "127.0.0.1", 0);
  const waitFor = async (fits: (arrived: Arrived) => boolean, timeoutMs = 20_000) => {
    for (const until = Date.now() + timeoutMs; Date.now() < until; ) {
      const found = arrived.find(fits);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const seen = arrived.map((entry) => entry.body.data?.event_type ?? entry.rawBody).join(", ");
    throw new Error(`It did not arrive within ${timeoutMs} ms. Arrived: ${seen}`);
  };
  return {
    url: `${listener.url}/webhooks`,
    arrived,
    waitFor,
    event: async (type, id) => {
      const { body } = await waitFor(({ body: { data } }) => {
        const ids = [data?.payload.call_leg_id, data?.payload.call_session_id];
        return data?.event_type === type && (id === undefined || ids.includes(id));
      });
      if (body.data === undefined) throw new Error("An event has data.");
      return body.data.payload;
    },
    close: () => listener.close(),
  };
}
