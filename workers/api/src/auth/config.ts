import type { AuthConfig } from "@auth/core";
import type { Adapter } from "@auth/core/adapters";
import { type Mailer, newSecret, SIGN_IN_LINK_MINUTES, sha256Hex, signInMail } from "@earwitness/core";
import { confirmLink } from "./sign-in-link.ts";

const DAY_SECONDS = 24 * 60 * 60;
const SESSION_DAYS = 30;

/** What one request's Auth.js needs. */
export interface AuthParts {
  readonly appOrigin: string;
  readonly secret: string;
  readonly adapter: Adapter;
  readonly mailer: Mailer;
  /** Hears every error that Auth.js would turn into a redirect, so that nothing of it is lost. */
  readonly onError: (error: Error) => void;
}

/**
 * Auth.js with sign-in by e-mail alone and sessions in our tables. The configuration is made for each request, because a
 * Worker's environment and its database connection belong to one.
 */
export function authConfig({ appOrigin, secret, adapter, mailer, onError }: AuthParts): AuthConfig {
  return {
    basePath: "/auth",
    secret,
    // Requests are rewritten to the app's own origin before they get here, so the host is ours to trust.
    trustHost: true,
    // Fixed, not read off the request: behind the Pages proxy the two could differ, and with them the cookies' names.
    useSecureCookies: appOrigin.startsWith("https:"),
    adapter,
    session: {
      strategy: "database",
      maxAge: SESSION_DAYS * DAY_SECONDS,
      updateAge: DAY_SECONDS,
      generateSessionToken: newSecret,
    },
    pages: { signIn: "/login", error: "/login/error", verifyRequest: "/login/check-mail" },
    logger: { error: onError, warn: () => {}, debug: () => {} },
    callbacks: {
      // Without this, Auth.js publishes the session's token and the whole user at /auth/session.
      session: ({ session, user }) => ({
        user: { id: user.id, email: user.email, name: user.name ?? null },
        expires: new Date(session.expires).toISOString(),
      }),
    },
    providers: [
      {
        id: "email",
        type: "email",
        name: "E-mail",
        maxAge: SIGN_IN_LINK_MINUTES * 60,
        options: {},
        async sendVerificationRequest({ identifier, url, token }) {
          await mailer.send(
            signInMail({ to: identifier, link: confirmLink(url, appOrigin), key: `sign-in/${await sha256Hex(token)}` }),
          );
        },
      },
    ],
  };
}
