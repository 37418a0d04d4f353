import { Hono } from "hono";
import { apiFaults } from "../faults/api-faults.ts";
import type { Faults } from "../faults/faults.ts";
import type { NodeBindings } from "../http/listen.ts";
import type { Received } from "../http/received.ts";
import { answerTo, readAuthorization } from "../oauth/authorization.ts";
import { formOf, isFromClient, type OAuthClient } from "../oauth/client.ts";
import { consentPage, refusalPage } from "../oauth/consent-page.ts";
import { Grants } from "../oauth/grants.ts";
import type { People } from "../oauth/people.ts";
import { IdTokenSigner, profileOf } from "./id-token.ts";

const AUTHORIZE = "/o/oauth2/v2/auth";
const SCOPES = ["openid", "email", "profile"];
const PARAMETERS = [
  ...["client_id", "redirect_uri", "response_type", "scope", "state", "nonce"],
  ...["code_challenge", "code_challenge_method"],
];

/** Where it is found; known once it listens. */
export interface GoogleSettings extends OAuthClient {
  issuer: string;
}

/** The HTTP face of the stand-in for Google's OpenID provider. */
export function googleApp(
  people: People,
  settings: GoogleSettings,
  faults: Faults,
  received: Received,
): Hono<NodeBindings> {
  const app = new Hono<NodeBindings>();
  const grants = new Grants();
  const signer = new IdTokenSigner();
  app.use(received.watch("google"));
  app.use(
    apiFaults(faults, "google", (_, { status }) =>
      Response.json({ error: "internal_failure", error_description: "Something went wrong." }, { status }),
    ),
  );

  app.get("/.well-known/openid-configuration", (c) => c.json(discoveryOf(settings.issuer)));
  app.get("/oauth2/v3/certs", async (c) => c.json({ keys: [await signer.jwk()] }));

  app.get(AUTHORIZE, (c) => {
    const request = readAuthorization(new URL(c.req.url).searchParams, settings, PARAMETERS);
    if ("error" in request) return c.html(refusalPage("Google", request.error, request.description), 400);
    const { scopes } = request;
    const strange = scopes.find((scope) => !SCOPES.includes(scope));
    if (strange !== undefined || !scopes.includes("openid")) {
      return c.html(refusalPage("Google", "invalid_scope", `Some requested scopes were invalid: ${strange}`), 400);
    }
    const requestId = grants.ask(request);
    return c.html(
      consentPage({
        provider: "Google",
        action: `${AUTHORIZE}/decision`,
        requestId,
        scopes,
        people: people.on("google"),
      }),
    );
  });

  app.post(`${AUTHORIZE}/decision`, async (c) => {
    const { request: id = "", person: personId = "" } = await formOf(c);
    const request = grants.take(id);
    if (request === undefined) {
      return c.html(refusalPage("Google", "invalid_request", "This page was used before."), 400);
    }
    const { state, redirectUri } = request;
    const person = people.find("google", personId);
    if (person === undefined) return c.redirect(answerTo(redirectUri, { error: "access_denied", state }));
    const code = grants.code({ request, person });
    return c.redirect(answerTo(redirectUri, { state, code, scope: request.scopes.join(" ") }));
  });

  app.post("/token", async (c) => {
    const form = await formOf(c);
    if (!isFromClient(settings, c.req.header("authorization"), form)) {
      return c.json({ error: "invalid_client", error_description: "Unauthorized" }, 401);
    }
    if (form.grant_type !== "authorization_code") {
      return c.json({ error: "unsupported_grant_type", error_description: "Invalid grant_type" }, 400);
    }
    const { code = "", redirect_uri: redirectUri = "", code_verifier: codeVerifier = "" } = form;
    const redeemed = grants.redeem(code, { clientId: settings.clientId, redirectUri, codeVerifier }, "ya29.");
    const isRefused = faults.take({ target: "google", effects: ["refuse"] }) !== undefined;
    if (redeemed === null || isRefused) {
      return c.json({ error: "invalid_grant", error_description: "Bad Request" }, 400);
    }
    const { grant, accessToken } = redeemed;
    return c.json(
      {
        access_token: accessToken,
        expires_in: 3599,
        scope: grant.request.scopes.join(" "),
        token_type: "Bearer",
        id_token: await signer.sign(settings.issuer, grant, faults),
      },
      200,
      { "cache-control": "no-store" },
    );
  });

  app.get("/v1/userinfo", (c) => {
    const grant = grants.bearer(c.req.header("authorization"));
    if (grant !== undefined) return c.json(profileOf(grant.request.scopes, grant.person, faults));
    return c.json({ error: "invalid_request", error_description: "Invalid Credentials" }, 401);
  });

  app.notFound((c) => c.json({ error: { code: 404, message: "Not found", status: "NOT_FOUND" } }, 404));
  return app;
}

function discoveryOf(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: issuer + AUTHORIZE,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/v1/userinfo`,
    jwks_uri: `${issuer}/oauth2/v3/certs`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: SCOPES,
    token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
    code_challenge_methods_supported: ["plain", "S256"],
  };
}
