import { Hono } from "hono";
import { FaultRequest } from "../../faults/faults.ts";
import type { NodeBindings } from "../../http/listen.ts";
import { Vendor } from "../../http/received.ts";
import type { ControlContext } from "../context.ts";

const VendorName = Vendor.optional();

/** Injects faults, and shows what was asked of the vendors and what they sent. */
export function observationRoutes({
  faults,
  received,
  laboratory,
  carrier,
  courier,
}: ControlContext): Hono<NodeBindings> {
  const app = new Hono<NodeBindings>();

  app.get("/faults", (c) => c.json({ faults: faults.list() }));
  app.post("/faults", async (c) => {
    const fault = FaultRequest.parse(await c.req.json());
    faults.add(fault);
    return c.json(fault, 201);
  });
  app.delete("/faults", (c) => {
    faults.clear();
    return c.json({ ok: true });
  });

  app.get("/received", (c) => c.json({ requests: received.list(VendorName.parse(c.req.query("vendor"))) }));
  app.delete("/received", (c) => {
    received.clear();
    return c.json({ ok: true });
  });

  app.get("/webhooks", (c) =>
    c.json({
      telnyx: carrier.deliveries().map(({ event, sessionId, state, attempts }) => ({
        id: event.id,
        event: event.event_type,
        callSessionId: sessionId,
        state,
        attempts,
      })),
      assemblyai: laboratory.notices,
      resend: courier.notices,
    }),
  );

  app.get("/transcripts", (c) =>
    c.json({
      billed: laboratory.billed,
      transcripts: [...laboratory.transcripts.values()].map(
        ({ id, status, error, created, completed, hasAudio, params }) => ({
          id,
          status,
          error,
          created,
          completed,
          hasAudio,
          audioUrl: params.audio_url,
        }),
      ),
    }),
  );

  app.get("/streams", (c) => c.json({ streams: laboratory.streams.list() }));

  return app;
}
