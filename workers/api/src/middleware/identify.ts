import {
  type Context,
  identifyByApiKey,
  identifyBySession,
  identifyPersonBySession,
  type LivingSession,
  type PersonActor,
  type WorkspaceActor,
} from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import { parse } from "hono/utils/cookie";
import { sessionCookieName } from "../auth/cookie.ts";
import type { Services } from "../services.ts";
import { requireSameOrigin } from "./same-origin.ts";

const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/**
 * Finds out who asks: by API key where an `Authorization` header is given, else by the session's cookie. A cookie counts for a
 * request that changes something only if our own page sent it. Throws `unauthenticated`, or `forbidden` for a foreign origin.
 */
export async function identify(services: Services, request: Request): Promise<Context<WorkspaceActor>> {
  const authorization = request.headers.get("authorization");
  if (authorization === null) {
    requireOwnPage(services, request);
    return services.contextOf((await sessionOf(services, request)).actor);
  }
  const key = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (key === undefined) throw new EarwitnessError("unauthenticated", "Authorization must be: Bearer and an API key.");
  return services.contextOf(await identifyByApiKey(services.contextOf({ kind: "visitor" }), key));
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
  return services.contextOf(
    await identifyPersonBySession(services.contextOf({ kind: "visitor" }), tokenFrom(services, request)),
  );
}

/** The session of a browser's request. Throws `unauthenticated` where none lives. */
export async function sessionOf(services: Services, request: Request): Promise<LivingSession> {
  return identifyBySession(services.contextOf({ kind: "visitor" }), tokenFrom(services, request));
}

/** A cookie counts for a change only if our own page sent it. */
function requireOwnPage(services: Services, request: Request): void {
  if (SAFE_METHODS.has(request.method) || sessionTokenOf(services, request) === undefined) return;
  requireSameOrigin(request, services.env.APP_ORIGIN);
}

function tokenFrom(services: Services, request: Request): string {
  const token = sessionTokenOf(services, request);
  if (token === undefined) throw new EarwitnessError("unauthenticated", "Sign in, or send an API key.");
  return token;
}

function sessionTokenOf({ env }: Services, request: Request): string | undefined {
  const name = sessionCookieName(env.APP_ORIGIN);
  return parse(request.headers.get("cookie") ?? "", name)[name];
}
