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
import { problems, tokenAnswer, tokenErrors } from "./answers.ts";

const AUTHORIZE = "/login/oauth/authorize";
const SCOPES = ["read:user", "user:email", "user"];
const PARAMETERS = [
  ...["client_id", "redirect_uri", "response_type", "scope", "state"],
  ...["code_challenge", "code_challenge_method"],
];

/** The HTTP face of the stand-in for GitHub: an OAuth app's sign-in and the two reads of the API that it needs. */
export function githubApp(people: People, client: OAuthClient, faults: Faults, received: Received): Hono<NodeBindings> {
  const app = new Hono<NodeBindings>();
  const grants = new Grants();
  const strikes = (effect: "refuse" | "unverified_email" | "no_email") =>
    faults.take({ target: "github", effects: [effect] }) !== undefined;
  app.use(received.watch("github"));
  app.use(apiFaults(faults, "github", (_, { status }) => problems.failed(status)));

  app.get(AUTHORIZE, (c) => {
    const query = new URL(c.req.url).searchParams;
    const request = readAuthorization(query, client, PARAMETERS);
    if ("error" in request) {
      const { error, description } = request;
      // GitHub tells a registered address what is wrong, whatever address was asked for.
      const [registered] = client.redirectUris;
      if (error === "invalid_client" || registered === undefined) {
        return c.html(refusalPage("GitHub", error, description), 404);
      }
      const state = query.get("state") ?? undefined;
      return c.redirect(answerTo(registered, { error, error_description: description, state }));
    }
    const requestId = grants.ask(request);
    return c.html(
      consentPage({
        provider: "GitHub",
        action: `${AUTHORIZE}/decision`,
        requestId,
        scopes: request.scopes,
        people: people.on("github"),
      }),
    );
  });

  app.post(`${AUTHORIZE}/decision`, async (c) => {
    const { request: id = "", person: personId = "" } = await formOf(c);
    const request = grants.take(id);
    if (request === undefined) return c.html(refusalPage("GitHub", "expired", "This page was used before."), 400);
    const { state, redirectUri } = request;
    const person = people.find("github", personId);
    if (person === undefined) {
      const error_description = "The user has denied your application access.";
      return c.redirect(answerTo(redirectUri, { error: "access_denied", error_description, state }));
    }
    // A scope that GitHub does not know is left out, not refused.
    const scopes = request.scopes.filter((scope) => SCOPES.includes(scope));
    return c.redirect(answerTo(redirectUri, { code: grants.code({ request: { ...request, scopes }, person }), state }));
  });

  app.post("/login/oauth/access_token", async (c) => {
    const form = await formOf(c);
    const accept = c.req.header("accept");
    if (!isFromClient(client, c.req.header("authorization"), form)) {
      return tokenAnswer(accept, tokenErrors.incorrectCredentials);
    }
    const { code = "", redirect_uri: redirectUri = "", code_verifier: codeVerifier = "" } = form;
    if (!client.redirectUris.includes(redirectUri)) return tokenAnswer(accept, tokenErrors.redirectUriMismatch);
    const redeemed = grants.redeem(code, { clientId: client.clientId, redirectUri, codeVerifier }, "gho_");
    if (redeemed === null || strikes("refuse")) return tokenAnswer(accept, tokenErrors.badCode);
    const scope = redeemed.grant.request.scopes.join(",");
    return tokenAnswer(accept, { access_token: redeemed.accessToken, scope, token_type: "bearer" });
  });

  const api = new Hono<NodeBindings>();
  api.use(async (c, next) => (c.req.header("user-agent") ? next() : problems.noUserAgent()));
  api.get("/user", (c) => {
    const grant = grants.bearer(c.req.header("authorization"));
    if (grant === undefined) return problems.badCredentials();
    const { id, login, name, email, isEmailPublic } = grant.person;
    return c.json({
      id: Number(id),
      login,
      name,
      email: isEmailPublic ? email : null,
      avatar_url: `https://avatars.example.com/u/${id}`,
      type: "User",
    });
  });
  api.get("/user/emails", (c) => {
    const grant = grants.bearer(c.req.header("authorization"));
    if (grant === undefined) return problems.badCredentials();
    const { request, person } = grant;
    // Whoever was not given the scope is told that there is no such thing.
    if (!request.scopes.some((scope) => scope === "user" || scope === "user:email")) return problems.notFound();
    if (strikes("no_email")) return c.json([]);
    const verified = person.isEmailVerified && !strikes("unverified_email");
    return c.json([{ email: person.email, primary: true, verified, visibility: "private" }]);
  });
  app.route("/api/v3", api);

  app.notFound(() => problems.notFound());
  return app;
}
