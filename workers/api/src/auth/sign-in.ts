import { EarwitnessError } from "@earwitness/shared";
import { z } from "zod";
import type { Services } from "../services.ts";
import { headersWithCookiesOf } from "./cookie.ts";
import { asRead, fieldsOf } from "./fields.ts";
import { limit, limitByNetwork } from "./limit.ts";
import { runAuth } from "./run-auth.ts";

const Wish = z.object({
  email: z.string().normalize("NFKC").trim().toLowerCase().pipe(z.email().max(254)),
  csrfToken: z.string().max(200).optional(),
  callbackUrl: z.string().max(2_000).optional(),
});

/**
 * Has a sign-in link mailed, by a job. The answer is the same whether the address is known or not. Limited by address, so that
 * nobody's mailbox is flooded, and by where it comes from. Throws `invalid_request` for what is no address, and
 * `too_many_requests`.
 */
export async function signIn(services: Services, request: Request): Promise<Response> {
  const wish = Wish.safeParse(fieldsOf(await request.text(), request.headers.get("content-type")));
  if (!wish.success) {
    throw new EarwitnessError("invalid_request", "This is not an e-mail address.", {
      fields: [{ pointer: "#/email", detail: "must be an e-mail address" }],
    });
  }
  await limit(services.env.SIGN_INS_BY_ADDRESS, wish.data.email);
  await limitByNetwork(services);
  const response = await runAuth(services, asRead(request, "/auth/signin/email", wish.data));
  return onward(response, request, services.env.APP_ORIGIN);
}

/** On to the app's own page: Auth.js would lead by way of one of its own, which is not served. */
function onward(response: Response, request: Request, appOrigin: string): Response {
  const url = `${appOrigin}/login/check-mail`;
  const headers = headersWithCookiesOf(response);
  if (request.headers.has("x-auth-return-redirect")) return Response.json({ url }, { headers });
  headers.set("location", url);
  return new Response(null, { status: 302, headers });
}
