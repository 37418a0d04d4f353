import type { AuthConfig } from "@auth/core";
import type { Adapter } from "@auth/core/adapters";
import type { Provider } from "@auth/core/providers";
import { newSecret, SIGN_IN_LINK_MINUTES } from "@earwitness/core";

const DAY_SECONDS = 24 * 60 * 60;
const SESSION_DAYS = 30;

/** What one request's Auth.js needs. */
export interface AuthParts {
  readonly appOrigin: string;
  readonly secret: string;
  readonly adapter: Adapter;
  /** The identity providers that are offered. */
  readonly providers: Provider[];
  /** Whether somebody whom Auth.js has recognised may come in: true, or the page that says why not. */
  readonly admit: (
    who: Parameters<NonNullable<NonNullable<AuthConfig["callbacks"]>["signIn"]>>[0],
  ) => Promise<true | string>;
  /** The token of the link that is about to be mailed. */
  readonly newLinkToken: () => Promise<string>;
  /** Hears where whoever asked for a link wants to go, which Auth.js has found to be within the app. */
  readonly onCallbackUrl: (callbackUrl: string | null) => void;
  /** Hears every error that Auth.js would turn into a redirect, so that nothing of it is lost. */
  readonly onError: (error: Error) => void;
}

/**
 * Auth.js with sessions in our tables. The configuration is made for each request, because a Worker's environment and its
 * database connection belong to one.
 */
export function authConfig(parts: AuthParts): AuthConfig {
  return {
    basePath: "/auth",
    secret: parts.secret,
    // Requests are rewritten to the app's own origin before they get here, so the host is ours to trust.
    trustHost: true,
    // Fixed, not read off the request: behind the Pages proxy the two could differ, and with them the cookies' names.
    useSecureCookies: parts.appOrigin.startsWith("https:"),
    adapter: parts.adapter,
    session: {
      strategy: "database",
      maxAge: SESSION_DAYS * DAY_SECONDS,
      updateAge: DAY_SECONDS,
      generateSessionToken: newSecret,
    },
    pages: { signIn: "/login", error: "/login/error", verifyRequest: "/login/check-mail" },
    logger: { error: parts.onError, warn: () => {}, debug: () => {} },
    callbacks: {
      // Who asks for a link has proven nothing yet, and is told nothing: they are judged when the link is used.
      signIn: async (who) => (who.email?.verificationRequest ? true : parts.admit(who)),
      // Not served, and yet: without this, Auth.js tells the session's token and the whole user of whoever asks for the session.
      session: ({ session, user }) => ({
        user: { id: user.id, email: user.email, name: user.name ?? null },
        expires: new Date(session.expires).toISOString(),
      }),
    },
    providers: [
      ...parts.providers,
      {
        id: "email",
        type: "email",
        name: "E-mail",
        maxAge: SIGN_IN_LINK_MINUTES * 60,
        options: {},
        generateVerificationToken: parts.newLinkToken,
        // The mail is asked for by the adapter, in one transaction with the token; here is told only what that does not know.
        sendVerificationRequest: async ({ url }) => parts.onCallbackUrl(new URL(url).searchParams.get("callbackUrl")),
      },
    ],
  };
}
