import { z } from "zod";
import { parseBody } from "../http/parse.ts";
import { readJson } from "../http/read-json.ts";
import { requireSameOrigin } from "../middleware/same-origin.ts";
import type { Services } from "../services.ts";
import { headersWithCookiesOf } from "./cookie.ts";
import { runAuth } from "./run-auth.ts";

const Confirmation = z.strictObject({
  token: z.string().min(1).max(200),
  email: z.string().min(3).max(254),
  callbackUrl: z.string().max(2_000).optional(),
});

/**
 * Finishes a sign-in by e-mail: what the confirm page's button sends. Auth.js's own callback is a GET that anybody who opens the
 * link triggers, mail scanners first; so it is run in here, and from outside it is not served. Answers 200 with the address to
 * go to, and the session's cookie. Throws `unprocessable` for a link that was used or is too old.
 */
export async function confirmSignIn(services: Services, request: Request): Promise<Response> {
  requireSameOrigin(request, services.env.APP_ORIGIN);
  const { token, email, callbackUrl } = parseBody(Confirmation, await readJson(request));
  const callback = new URL("/auth/callback/email", services.env.APP_ORIGIN);
  callback.search = new URLSearchParams({
    token,
    email,
    callbackUrl: callbackUrl ?? services.env.APP_ORIGIN,
  }).toString();
  const cookie = request.headers.get("cookie");
  const confirmed = new Request(callback, { headers: cookie === null ? {} : { cookie } });
  const response = await runAuth(services, confirmed, { method: "email" });
  const headers = headersWithCookiesOf(response);
  return Response.json({ url: response.headers.get("location") ?? services.env.APP_ORIGIN }, { headers });
}
