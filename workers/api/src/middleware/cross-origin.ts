import type { Actor } from "@earwitness/core";
import { allowsOrigin, isAllowedSomewhere } from "@earwitness/db";
import { EarwitnessError } from "@earwitness/shared";
import { createMiddleware } from "hono/factory";
import type { ApiEnv } from "../api-env.ts";
import type { Services } from "../services.ts";

/** What a page may send; a cookie is never among it. */
const ALLOWED_HEADERS =
  "authorization, content-type, idempotency-key, if-match, if-none-match, if-range, range, x-request-id";
const ALLOWED_METHODS = "GET, HEAD, POST, PATCH, DELETE";
/** What a page's script may read besides what every script may. */
const EXPOSED_HEADERS =
  "content-range, etag, idempotency-replayed, ratelimit, ratelimit-policy, retry-after, x-request-id";
/** So long a browser need not ask again; so long an origin that was taken off the list is still asked for, and then refused. */
const PREFLIGHT_SECONDS = 600;

/**
 * Answers the question that a browser asks before a page of another origin may send a request with a key: yes, where some
 * workspace lists the page's origin. The request itself is judged by its own workspace's list, see `crossOriginHeaders`.
 */
export const preflight = createMiddleware<ApiEnv>(async (c, next) => {
  const origin = c.req.header("origin");
  const isPreflight = c.req.method === "OPTIONS" && c.req.header("access-control-request-method") !== undefined;
  if (!isPreflight || origin === undefined) return next();
  const isListed = await c
    .get("services")
    .database.read({ kind: "visitor" }, (scope) => isAllowedSomewhere(scope, origin));
  if (!isListed) {
    throw new EarwitnessError("forbidden", "No workspace allows pages of this origin. An admin can, in its settings.");
  }
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-origin": origin,
      "access-control-allow-methods": ALLOWED_METHODS,
      "access-control-allow-headers": ALLOWED_HEADERS,
      "access-control-max-age": String(PREFLIGHT_SECONDS),
      vary: "origin",
    },
  });
});

/**
 * The headers by which a page of another origin may read the answer: where it came with a key, and the key's workspace lists the
 * page's origin. Credentials are never allowed, so that no browser sends a cookie along; and a cookie would not be looked at.
 */
export async function crossOriginHeaders(
  services: Services,
  request: Request,
  actor: Actor,
): Promise<Record<string, string>> {
  const origin = request.headers.get("origin");
  if (origin === null || origin === services.env.APP_ORIGIN || actor.kind !== "apiKey") return {};
  const isListed = await services.database.read(actor, (scope) => allowsOrigin(scope, actor.workspaceId, origin));
  if (!isListed) return { vary: "origin" };
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": EXPOSED_HEADERS,
    vary: "origin",
  };
}
