import { readTicket, signTicket, type UserActor } from "@earwitness/core";
import { AccountProvider, UserId } from "@earwitness/shared";
import { parse, serialize } from "hono/utils/cookie";
import { z } from "zod";
import type { Services } from "../services.ts";

/** As long as Auth.js keeps what it checks the provider's answer by. */
const TTL_SECONDS = 15 * 60;

const Intent = z.object({ userId: UserId, provider: AccountProvider, state: z.string().min(1) });

/**
 * What a browser is given when its person asks to have an account linked: it names the person, the provider and the one question
 * (`state`) that the provider was asked. Without it, an answer signs in and links nothing, whoever is signed in.
 */
export async function linkIntentCookie(
  { env, contextOf }: Services,
  { userId }: Pick<UserActor, "userId">,
  provider: AccountProvider,
  state: string,
): Promise<string> {
  const { clock } = contextOf({ kind: "visitor" });
  const expiresAt = new Date(clock.now().getTime() + TTL_SECONDS * 1000);
  const ticket = await signTicket(env.AUTH_SECRET, "link", { userId, provider, state }, expiresAt);
  return cookie(env.APP_ORIGIN, ticket, TTL_SECONDS);
}

/** Takes the intent away again: it counts for one answer. */
export function spentLinkIntentCookie(appOrigin: string): string {
  return cookie(appOrigin, "", 0);
}

/** Whose wish it was that this answer of the provider's be linked; null where it was nobody's. */
export async function readLinkIntent(
  { env, contextOf }: Services,
  request: Request,
  provider: string,
): Promise<UserId | null> {
  const name = nameOf(env.APP_ORIGIN);
  const ticket = parse(request.headers.get("cookie") ?? "", name)[name];
  if (ticket === undefined) return null;
  const intent = await readTicket(env.AUTH_SECRET, "link", ticket, Intent, contextOf({ kind: "visitor" }).clock.now());
  const state = new URL(request.url).searchParams.get("state");
  return intent !== null && intent.provider === provider && intent.state === state ? intent.userId : null;
}

function cookie(appOrigin: string, value: string, maxAge: number): string {
  const secure = appOrigin.startsWith("https:");
  return serialize(nameOf(appOrigin), value, {
    path: "/auth/callback",
    httpOnly: true,
    sameSite: "Lax",
    maxAge,
    secure,
  });
}

function nameOf(appOrigin: string): string {
  return appOrigin.startsWith("https:") ? "__Secure-earwitness.link" : "earwitness.link";
}
