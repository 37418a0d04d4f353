import { EarwitnessError } from "@earwitness/shared";
import type { Hono } from "hono";
import type { ApiEnv } from "../api-env.ts";
import { beginLink } from "./begin-link.ts";
import { beginOAuth } from "./begin-oauth.ts";
import { confirmSignIn } from "./confirm.ts";
import { finishOAuth } from "./finish-oauth.ts";
import { offeredProviders } from "./providers/offered.ts";
import { runAuth } from "./run-auth.ts";
import { signIn } from "./sign-in.ts";

/**
 * Serves of Auth.js what the app uses, and nothing else: its own pages and its GET callback of e-mail stay unreachable. Sign-in
 * and sign-out are guarded by Auth.js's CSRF token, confirming and linking by their origin, a provider's answer by state and PKCE.
 */
export function mountAuth(app: Hono<ApiEnv>): void {
  app.get("/auth/csrf", (c) => runAuth(c.get("services"), c.req.raw));
  // The ways to sign in here, and whether a stranger can, for the sign-in page.
  app.get("/auth/providers", (c) => {
    const { env } = c.get("services");
    const names = offeredProviders(env).map(({ name }) => name);
    return c.json({ providers: [...names, "email"], signUp: env.SIGN_UP }, 200, { "cache-control": "no-store" });
  });
  app.post("/auth/signin/email", (c) => signIn(c.get("services"), c.req.raw));
  app.post("/auth/signin/:provider", (c) => beginOAuth(c.get("services"), c.req.raw, c.req.param("provider")));
  app.post("/auth/link/:provider", (c) => beginLink(c.get("services"), c.req.raw, c.req.param("provider")));
  app.post("/auth/confirm", (c) => confirmSignIn(c.get("services"), c.req.raw));
  app.post("/auth/signout", (c) => runAuth(c.get("services"), c.req.raw));
  app.all("/auth/callback/email", () => {
    throw new EarwitnessError("method_not_allowed", "Open the link from the mail, and press the button on its page.");
  });
  app.get("/auth/callback/:provider", (c) => {
    // Hono serves HEAD by the routes of GET; what merely looks must spend nothing.
    if (c.req.method === "GET") return finishOAuth(c.get("services"), c.req.raw, c.req.param("provider"));
    throw new EarwitnessError("method_not_allowed", "This is served to GET alone.");
  });
}
