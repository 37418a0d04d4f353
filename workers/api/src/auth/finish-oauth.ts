import { InvalidCheck, OAuthAccountNotLinked, OAuthCallbackError } from "@auth/core/errors";
import { endSession, sha256Hex } from "@earwitness/core";
import { type AccountProvider, EarwitnessError, type UserId } from "@earwitness/shared";
import { errorFields } from "@earwitness/shared/log";
import { sessionOf } from "../middleware/identify.ts";
import type { Services } from "../services.ts";
import { offeredProvider } from "./begin-oauth.ts";
import { sessionCookieName, sessionTokenIn } from "./cookie.ts";
import { errorPage, type SignInError } from "./error-page.ts";
import { readLinkIntent, spentLinkIntentCookie } from "./link-intent.ts";
import { runAuth } from "./run-auth.ts";

/**
 * Takes a provider's answer, with which it sends the browser back: signs in, or links the account where the person who is signed
 * in had asked for that by this very question. Always ends on a page of the app, for a person looks at it; what went wrong is
 * said there in plain words, and in the log. A session that the browser had before ends when a new one begins.
 */
export async function finishOAuth(services: Services, request: Request, name: string): Promise<Response> {
  const provider = offeredProvider(services, name);
  const { APP_ORIGIN } = services.env;
  const linking = await readLinkIntent(services, request, provider);
  const headers = new Headers({ "cache-control": "no-store" });
  headers.append("set-cookie", spentLinkIntentCookie(APP_ORIGIN));
  try {
    if (linking !== null) await requireSamePerson(services, request, linking);
    const response = await runAuth(services, linking === null ? withoutSession(services, request) : request, {
      method: provider,
      isLinking: linking !== null,
    });
    const isSession = (cookie: string) => cookie.startsWith(`${sessionCookieName(APP_ORIGIN)}=`);
    const cookies = response.headers.getSetCookie();
    // Linking opens no session: Auth.js would hand back the token that came, which may have been renewed meanwhile.
    for (const cookie of cookies) if (linking === null || !isSession(cookie)) headers.append("set-cookie", cookie);
    headers.set("location", response.headers.get("location") ?? APP_ORIGIN);
    if (linking === null && cookies.some(isSession)) await endEarlierSession(services, request);
  } catch (error) {
    headers.set(
      "location",
      placeOf(services, error, provider, { isLinking: linking !== null, isDenied: isDenied(request) }),
    );
  }
  return new Response(null, { status: 302, headers });
}

/** A browser may have changed hands, or its session ended, since the person asked. */
async function requireSamePerson(services: Services, request: Request, userId: UserId): Promise<void> {
  const { actor } = await sessionOf(services, request);
  if (actor.userId !== userId) throw new EarwitnessError("unauthenticated", "Somebody else is signed in now.");
}

/** Auth.js links an account to whoever's session it is shown, without a word: it is shown none. */
function withoutSession({ env }: Services, request: Request): Request {
  const name = sessionCookieName(env.APP_ORIGIN);
  const kept = (request.headers.get("cookie") ?? "").split("; ").filter((pair) => !pair.startsWith(`${name}=`));
  const headers = new Headers(request.headers);
  headers.set("cookie", kept.join("; "));
  return new Request(request.url, { headers });
}

async function endEarlierSession(services: Services, request: Request): Promise<void> {
  const earlier = sessionTokenIn(request, services.env.APP_ORIGIN);
  if (earlier === undefined) return;
  const ctx = services.contextOf({ kind: "system", reason: "sign-in" });
  services.closeSockets(await endSession(ctx, await sha256Hex(earlier)));
}

/** What an answer was, besides what Auth.js made of it. */
interface Answer {
  readonly isLinking: boolean;
  /** The person said no. Auth.js has it thrown as an error that does not tell. */
  readonly isDenied: boolean;
}

function isDenied(request: Request): boolean {
  return new URL(request.url).searchParams.get("error") === "access_denied";
}

/** Where the browser goes on a failure: its reason is logged, as an error where it is nobody's choice. */
function placeOf(services: Services, error: unknown, provider: AccountProvider, answer: Answer): string {
  const { isLinking } = answer;
  const reason = reasonOf(error, answer);
  const about = { provider, reason, isLinking, ...errorFields(error) };
  if (reason === "ProviderFailed" || reason === "Unavailable") services.log.error("sign-in failed", about);
  else services.log.info("sign-in refused", about);
  return errorPage(services.env.APP_ORIGIN, reason, provider, isLinking);
}

function reasonOf(error: unknown, { isLinking, isDenied }: Answer): SignInError {
  if (error instanceof OAuthAccountNotLinked) return isLinking ? "AccountTaken" : "AccountNotLinked";
  if (error instanceof InvalidCheck) return "Expired";
  if (error instanceof OAuthCallbackError) return isDenied ? "Cancelled" : "ProviderFailed";
  if (!(error instanceof EarwitnessError)) return "ProviderFailed";
  switch (error.code) {
    case "unauthenticated":
    case "invalid_request":
      return "Expired";
    case "forbidden":
      return "NotInvited";
    case "conflict":
      return "AccountTaken";
    case "vendor_failed":
      return "ProviderFailed";
    default:
      return "Unavailable";
  }
}
