import { EarwitnessError } from "@earwitness/shared";
import { createMiddleware } from "hono/factory";
import ipaddr from "ipaddr.js";
import type { ApiEnv } from "../api-env.ts";

/** The period of the limiter in wrangler.toml: who waits so long is let in again. */
const PERIOD_MS = 60_000;
/** A household or a server is handed a network of this size, and may take any address in it (RFC 6177). */
const IPV6_NETWORK_GROUPS = 4;

/**
 * The outer wall: so many requests a minute from one IP address, before anything is looked up. Counted by the platform at each of
 * its locations. What comes without an address comes from no outside, and there is nothing to count.
 */
export const ipWall = createMiddleware<ApiEnv>(async (c, next) => {
  const address = c.req.header("cf-connecting-ip");
  if (address !== undefined) {
    const { success } = await c.get("services").env.REQUESTS_BY_IP.limit({ key: networkOf(address) });
    if (!success) {
      throw new EarwitnessError("too_many_requests", "Too many requests from your network. Wait a minute.", {
        retryable: true,
        retryAfterMs: PERIOD_MS,
      });
    }
  }
  await next();
});

/** Whom an address stands for: itself, or its network where one holder has as many addresses as they like. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, IPV6_NETWORK_GROUPS).join(":") : parsed.toString();
}
