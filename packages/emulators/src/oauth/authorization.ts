import type { OAuthClient } from "./client.ts";
import type { AuthorizationRequest } from "./grants.ts";

/** Why an authorize request cannot be served. */
export interface AuthorizationRefusal {
  readonly error: string;
  readonly description: string;
}

/**
 * Reads the query of an authorize page. Stricter than the vendors, which take a request without PKCE: here it is refused, and so is
 * every parameter that is not `allowed`, because whoever sends one expects an effect.
 */
export function readAuthorization(
  query: URLSearchParams,
  client: OAuthClient,
  allowed: readonly string[],
): AuthorizationRequest | AuthorizationRefusal {
  const one = (name: string) => (query.getAll(name).length === 1 ? (query.get(name) ?? undefined) : undefined);
  const redirectUri = one("redirect_uri");
  if (one("client_id") !== client.clientId) return refusal("invalid_client", "The OAuth client was not found.");
  if (redirectUri === undefined || !client.redirectUris.includes(redirectUri)) {
    return refusal("redirect_uri_mismatch", `${redirectUri ?? "None"} is not registered for this client.`);
  }
  const unknown = [...query.keys()].find((name) => !allowed.includes(name));
  if (unknown !== undefined) return refusal("invalid_request", `This stand-in does not know ${unknown}.`);
  if (one("response_type") !== "code") return refusal("unsupported_response_type", "Only codes are given.");
  const codeChallenge = one("code_challenge");
  if (codeChallenge === undefined || !/^[\w-]{43}$/.test(codeChallenge) || one("code_challenge_method") !== "S256") {
    return refusal("invalid_request", "A code_challenge of method S256 is needed.");
  }
  const scopes = (one("scope") ?? "").split(/[ ,]/).filter((scope) => scope !== "");
  return { clientId: client.clientId, redirectUri, scopes, state: one("state"), codeChallenge, nonce: one("nonce") };
}

/** The client's address with an answer in its query. */
export function answerTo(redirectUri: string, answer: Record<string, string | undefined>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

function refusal(error: string, description: string): AuthorizationRefusal {
  return { error, description };
}
