import { EarwitnessError } from "@earwitness/shared";
import { z } from "zod";
import type { Services } from "../services.ts";
import { runAuth } from "./run-auth.ts";

const Wish = z.object({
  email: z.string().normalize("NFKC").trim().toLowerCase().pipe(z.email().max(254)),
  csrfToken: z.string().max(200).optional(),
  callbackUrl: z.string().max(2_000).optional(),
});

/**
 * Mails a sign-in link. The answer is the same whether the address is known or not. Limited by address, so that nobody's mailbox
 * is flooded, and by where it comes from. Throws `invalid_request` for what is no address, `too_many_requests`, and
 * `vendor_failed` when the mail could not be handed over.
 */
export async function signIn(services: Services, request: Request): Promise<Response> {
  const wish = Wish.safeParse(fieldsOf(await request.text(), request.headers.get("content-type")));
  if (!wish.success) {
    throw new EarwitnessError("invalid_request", "This is not an e-mail address.", {
      fields: [{ pointer: "#/email", detail: "must be an e-mail address" }],
    });
  }
  await limit(services.env.SIGN_INS_BY_ADDRESS, wish.data.email);
  // Behind the platform every request carries the address that it came from; without one there is nothing to count.
  const ip = request.headers.get("cf-connecting-ip");
  if (ip !== null) await limit(services.env.SIGN_INS_BY_IP, ip);
  try {
    return onward(await runAuth(services, asRead(request, wish.data)), request, services.env.APP_ORIGIN);
  } catch (error) {
    if (!(error instanceof EarwitnessError) || error.code !== "vendor_failed") throw error;
    services.log.error("sign-in mail not sent", { error: error.message });
    throw new EarwitnessError(
      "vendor_failed",
      "The sign-in mail could not be sent: the mail service refused it or gave no answer. Try again in a minute.",
      {
        retryable: error.retryable,
        cause: error,
      },
    );
  }
}

/** The request with what we read of it: a body that Auth.js would read otherwise must not get past the limits. */
function asRead(request: Request, wish: z.infer<typeof Wish>): Request {
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  headers.set("content-type", "application/json");
  return new Request(request.url, { method: "POST", headers, body: JSON.stringify(wish) });
}

/** On to the app's own page: Auth.js would lead by way of one of its own, which is not served. */
function onward(response: Response, request: Request, appOrigin: string): Response {
  const url = `${appOrigin}/login/check-mail`;
  const headers = new Headers({ "cache-control": "no-store" });
  for (const value of response.headers.getSetCookie()) headers.append("set-cookie", value);
  if (request.headers.has("x-auth-return-redirect")) return Response.json({ url }, { headers });
  headers.set("location", url);
  return new Response(null, { status: 302, headers });
}

async function limit(limiter: RateLimit, key: string): Promise<void> {
  const { success } = await limiter.limit({ key });
  if (success) return;
  throw new EarwitnessError(
    "too_many_requests",
    "Too many sign-in mails were asked for. Wait a minute, then try again.",
    {
      retryAfterMs: 60_000,
    },
  );
}

/** Auth.js takes forms and JSON alike. */
function fieldsOf(body: string, contentType: string | null): unknown {
  if (!contentType?.startsWith("application/json")) return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
