import { customFetch } from "@auth/core";
import type { Provider } from "@auth/core/providers";
import Google from "@auth/core/providers/google";
import type { Env } from "../../env.ts";
import { boundedFetch } from "./bounded-fetch.ts";

/**
 * Google as an OpenID provider. PKCE, state and nonce each bind the answer to this browser's own question; none of Google's
 * tokens is kept.
 */
export function google(env: Env): Provider {
  return Google({
    clientId: env.GOOGLE_CLIENT_ID,
    clientSecret: env.GOOGLE_CLIENT_SECRET,
    issuer: env.GOOGLE_ISSUER,
    checks: ["pkce", "state", "nonce"],
    account: () => ({}),
    [customFetch]: boundedFetch,
  });
}
