import {
  type Context,
  identifyByApiKey,
  identifyBySession,
  type LivingSession,
  type UserActor,
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
    if (!SAFE_METHODS.has(request.method) && sessionTokenOf(services, request) !== undefined) {
      requireSameOrigin(request, services.env.APP_ORIGIN);
    }
    return identifyPerson(services, request);
  }
  const key = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (key === undefined) throw new EarwitnessError("unauthenticated", "Authorization must be: Bearer and an API key.");
  return services.contextOf(await identifyByApiKey(services.contextOf({ kind: "visitor" }), key));
}

/** Finds out whose browser asks. Throws `unauthenticated` without a living session. */
export async function identifyPerson(services: Services, request: Request): Promise<Context<UserActor>> {
  return services.contextOf((await sessionOf(services, request)).actor);
}

/** The session of a browser's request. Throws `unauthenticated` where none lives. */
export async function sessionOf(services: Services, request: Request): Promise<LivingSession> {
  const token = sessionTokenOf(services, request);
  if (token === undefined) throw new EarwitnessError("unauthenticated", "Sign in, or send an API key.");
  return identifyBySession(services.contextOf({ kind: "visitor" }), token);
}

function sessionTokenOf({ env }: Services, request: Request): string | undefined {
  const name = sessionCookieName(env.APP_ORIGIN);
  return parse(request.headers.get("cookie") ?? "", name)[name];
}
