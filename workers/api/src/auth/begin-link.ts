import { EarwitnessError } from "@earwitness/shared";
import { z } from "zod";
import { sessionOf } from "../middleware/identify.ts";
import { requireSameOrigin } from "../middleware/same-origin.ts";
import type { Services } from "../services.ts";
import { askProvider, offeredProvider } from "./begin-oauth.ts";
import { headersWithCookiesOf } from "./cookie.ts";
import { asRead } from "./fields.ts";
import { linkIntentCookie } from "./link-intent.ts";

/** Where people see by what they can sign in. */
const BACK_TO = "/settings";

/**
 * Begins to link an account at a provider to the person who is signed in: answers `{"url"}` with the provider's page. It is the
 * person's own wish, from our own page, and bound to this one question. Throws `unauthenticated`, `forbidden` for a foreign
 * page, and what `beginOAuth` throws.
 */
export async function beginLink(services: Services, request: Request, name: string): Promise<Response> {
  requireSameOrigin(request, services.env.APP_ORIGIN);
  const { actor } = await sessionOf(services, request);
  const provider = offeredProvider(services, name);
  const asked = asRead(request, `/auth/signin/${provider}`, { callbackUrl: `${services.env.APP_ORIGIN}${BACK_TO}` });
  asked.headers.set("x-auth-return-redirect", "1");
  const response = await askProvider(services, asked, true);
  const { url } = Onward.parse(await response.clone().json());
  const state = new URL(url).searchParams.get("state");
  if (state === null) throw new EarwitnessError("internal", "The provider would be asked without a state.");
  const headers = headersWithCookiesOf(response);
  headers.append("set-cookie", await linkIntentCookie(services, actor, provider, state));
  return Response.json({ url }, { headers });
}

const Onward = z.object({ url: z.url() });
