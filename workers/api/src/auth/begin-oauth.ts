import { AccountProvider, EarwitnessError, notFound } from "@earwitness/shared";
import { z } from "zod";
import type { Services } from "../services.ts";
import { asRead, fieldsOf } from "./fields.ts";
import { limitByNetwork } from "./limit.ts";
import { offeredProviders } from "./providers/offered.ts";
import { runAuth } from "./run-auth.ts";

const Wish = z.object({ csrfToken: z.string().max(200).optional(), callbackUrl: z.string().max(2_000).optional() });

/**
 * Begins a sign-in by a provider: answers with its page, as a redirect or, for a script, as `{"url"}`. Limited by where it comes
 * from. Throws `not_found` for a provider that is not offered, `vendor_failed` for one that gives no answer.
 */
export async function beginOAuth(services: Services, request: Request, name: string): Promise<Response> {
  const provider = offeredProvider(services, name);
  await limitByNetwork(services);
  const wish = Wish.safeParse(fieldsOf(await request.text(), request.headers.get("content-type")));
  if (!wish.success) throw new EarwitnessError("invalid_request", "The sign-in page sent what is not understood here.");
  return askProvider(services, asRead(request, `/auth/signin/${provider}`, wish.data));
}

/**
 * Has Auth.js make the way to the provider's page, named by the request's path. `isOurOwn` for a request whose origin was checked by
 * us. Throws `vendor_failed` when the provider gives no answer.
 */
export async function askProvider(services: Services, request: Request, isOurOwn = false): Promise<Response> {
  try {
    return await runAuth(services, request, { isOurOwn });
  } catch (error) {
    if (error instanceof EarwitnessError) throw error;
    // Google's addresses are asked of Google first.
    throw new EarwitnessError("vendor_failed", "The provider gives no answer. Try again, or sign in by e-mail.", {
      cause: error,
    });
  }
}

/** Throws `not_found` for a provider that is unknown, or that this deployment is not registered with. */
export function offeredProvider({ env }: Services, name: string): AccountProvider {
  const provider = AccountProvider.safeParse(name);
  if (provider.success && offeredProviders(env).some(({ name }) => name === provider.data)) return provider.data;
  throw notFound("This way to sign in");
}
