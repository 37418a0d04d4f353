import { EarwitnessError } from "@earwitness/shared";
import type { Hono } from "hono";
import type { ApiEnv } from "../api-env.ts";
import { confirmSignIn } from "./confirm.ts";
import { runAuth } from "./run-auth.ts";
import { signIn } from "./sign-in.ts";

/**
 * Serves of Auth.js what the app uses, and nothing else: its own pages and its GET callback stay unreachable. Sign-in and sign-out
 * are guarded by Auth.js's CSRF token, the confirmation by its origin.
 */
export function mountAuth(app: Hono<ApiEnv>): void {
  app.get("/auth/csrf", (c) => runAuth(c.get("services"), c.req.raw));
  app.get("/auth/session", (c) => runAuth(c.get("services"), c.req.raw));
  app.post("/auth/signin/email", (c) => signIn(c.get("services"), c.req.raw));
  app.post("/auth/confirm", (c) => confirmSignIn(c.get("services"), c.req.raw));
  app.post("/auth/signout", (c) => runAuth(c.get("services"), c.req.raw));
  app.all("/auth/callback/*", () => {
    throw new EarwitnessError("method_not_allowed", "Open the link from the mail, and press the button on its page.");
  });
}
