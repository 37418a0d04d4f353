import { setTimeout as sleep } from "node:timers/promises";
import type { Context, MiddlewareHandler } from "hono";
import type { NodeBindings } from "../http/listen.ts";
import type { Vendor } from "../http/received.ts";
import type { Fault, Faults } from "./faults.ts";

/** Lets the faults that target a vendor's API strike. `refuse` writes a status in the vendor's own form. */
export function apiFaults(
  faults: Faults,
  vendor: Vendor,
  refuse: (c: Context<NodeBindings>, fault: Fault) => Response,
): MiddlewareHandler<NodeBindings> {
  return async (c, next) => {
    const occasion = { target: vendor, method: c.req.method, path: c.req.path } as const;
    const delay = faults.take({ ...occasion, effects: ["delay"] });
    if (delay !== undefined) await sleep(delay.delayMs);
    const fault = faults.take({ ...occasion, effects: ["status", "drop", "unanswered"] });
    if (fault?.effect === "drop") {
      c.env.incoming.destroy();
      return c.body(null, 503);
    }
    if (fault === undefined) return next();
    if (fault.effect === "unanswered") {
      // It is done, and whoever asked never learns of it.
      await next();
      c.env.outgoing.destroy();
      return;
    }
    const refused = refuse(c, fault);
    if (fault.retryAfterSecs !== undefined) refused.headers.set("retry-after", String(fault.retryAfterSecs));
    return refused;
  };
}
