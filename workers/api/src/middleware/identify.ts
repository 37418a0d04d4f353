import {
  type Context,
  identifyByBearer,
  identifyBySession,
  identifyPersonBySession,
  type Living,
  type LivingSession,
  type PersonActor,
  type WorkspaceActor,
} from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import { sessionTokenIn, setSessionCookie } from "../auth/cookie.ts";
import type { Services } from "../services.ts";
import { requireSameOrigin } from "./same-origin.ts";

const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/**
 * Finds out who asks: by API key or access token where an `Authorization` header is given, else by the session's cookie, which
 * the answer renews where that is due. A cookie counts for a request that changes something only if our own page sent it.
 * Throws `unauthenticated`, or `forbidden` for a foreign origin and for those who may do nothing.
 */
export async function identify(services: Services, request: Request): Promise<Context<WorkspaceActor>> {
  const authorization = request.headers.get("authorization");
  if (authorization === null) {
    requireOwnPage(services, request);
    const presented = { token: tokenFrom(services, request), canRenew: true };
    return renewing(services, await identifyBySession(services.contextOf({ kind: "visitor" }), presented));
  }
  const bearer = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (bearer === undefined) {
    throw new EarwitnessError("unauthenticated", "Authorization must be: Bearer and an API key or access token.");
  }
  const visitor = services.contextOf({ kind: "visitor" });
  return services.contextOf(await identifyByBearer(visitor, services.env.AUTH_SECRET, bearer));
}

/**
 * Finds out whose browser asks, in a workspace or in none, for what is about the person alone. A key is nobody here. Throws
 * like `identify`.
 */
export async function identifyPerson(services: Services, request: Request): Promise<Context<PersonActor>> {
  if (request.headers.has("authorization")) {
    throw new EarwitnessError("unauthenticated", "Sign in: only a signed-in person can do this, not an API key.");
  }
  requireOwnPage(services, request);
  const presented = { token: tokenFrom(services, request), canRenew: true };
  return renewing(services, await identifyPersonBySession(services.contextOf({ kind: "visitor" }), presented));
}

/**
 * The session of a browser's request, its token as it is: for answers that carry no cookie, as one that opens a socket. Throws
 * `unauthenticated` where none lives.
 */
export async function sessionOf(services: Services, request: Request): Promise<LivingSession> {
  const presented = { token: tokenFrom(services, request), canRenew: false };
  return identifyBySession(services.contextOf({ kind: "visitor" }), presented);
}

function renewing<A extends WorkspaceActor | PersonActor>(services: Services, living: Living<A>): Context<A> {
  const { renewed, actor } = living;
  if (renewed !== null) setSessionCookie(services, renewed.token, renewed.expiresAt);
  return services.contextOf(actor);
}

/** A cookie counts for a change only if our own page sent it. */
function requireOwnPage({ env }: Services, request: Request): void {
  if (SAFE_METHODS.has(request.method) || sessionTokenIn(request, env.APP_ORIGIN) === undefined) return;
  requireSameOrigin(request, env.APP_ORIGIN);
}

function tokenFrom({ env }: Services, request: Request): string {
  const token = sessionTokenIn(request, env.APP_ORIGIN);
  if (token === undefined) throw new EarwitnessError("unauthenticated", "Sign in, or send an API key.");
  return token;
}
