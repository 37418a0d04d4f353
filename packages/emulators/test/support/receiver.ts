import { Hono } from "hono";
import { listen, type NodeBindings } from "../../src/http/listen.ts";

/** A webhook as it arrived. */
export interface Arrived {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: string;
  readonly body: {
    data: { event_type: string; id: string; occurred_at: string; payload: Record<string, never> };
    meta: { attempt: number };
  };
  readonly at: number;
}

export interface Receiver {
  readonly url: string;
  readonly arrived: Arrived[];
  /** The first arrival that fits, now or later; rejects after `timeoutMs`. */
  waitFor(fits: (arrived: Arrived) => boolean, timeoutMs?: number): Promise<Arrived>;
  event(type: string, timeoutMs?: number): Promise<Arrived>;
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
    const entry = { path: c.req.path, headers: c.req.header(), rawBody, body: JSON.parse(rawBody), at: Date.now() };
    arrived.push(entry);
    return new Response(null, { status: await respond(entry) });
  });
  const listener = await listen(app, "127.0.0.1", 0);
  const waitFor = async (fits: (arrived: Arrived) => boolean, timeoutMs = 8000) => {
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
    event: (type, timeoutMs) => waitFor(({ body }) => body.data?.event_type === type, timeoutMs),
    close: () => listener.close(),
  };
}
