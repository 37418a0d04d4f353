import { createRemoteJWKSet, jwtVerify } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Emulators, startEmulators } from "../src/index.ts";
import { consent } from "./support/consent.ts";
import { door } from "./support/door.ts";

const REDIRECT_URI = "http://127.0.0.1:8787/auth/callback/google";

let emulators: Emulators;
let config: client.Configuration;

beforeAll(async () => {
  emulators = await startEmulators({ google: { redirectUris: [REDIRECT_URI] } });
  const { url, clientId, clientSecret } = emulators.google;
  const options = { execute: [client.allowInsecureRequests] };
  config = await client.discovery(new URL(url), clientId, {}, client.ClientSecretBasic(clientSecret), options);
  client.enableNonRepudiationChecks(config);
});
afterAll(() => emulators.close());
beforeEach(async () => {
  await control().put("/people", {
    people: [
      { name: "Ana Ruiz", email: "ana@example.com" },
      { name: "Dora Doubt", email: "dora@example.com", isEmailVerified: false },
      { name: "Only Hub", email: "hub@example.com", providers: ["github"] },
    ],
  });
  await control().clearFaults();
});

const control = () => door(emulators.control.url);

async function begin() {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT_URI,
    scope: "openid profile email",
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
  });
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
  return { url, checks };
}

async function signIn(label: string) {
  const { url, checks } = await begin();
  const back = await consent(url.href, label);
  return client.authorizationCodeGrant(config, back, checks);
}

test("a client signs somebody in, and the id token's signature is that of the published key", async () => {
  const tokens = await signIn("ana@example.com");
  const claims = tokens.claims();
  expect(claims).toMatchObject({
    iss: emulators.google.url,
    aud: emulators.google.clientId,
    email: "ana@example.com",
    email_verified: true,
    name: "Ana Ruiz",
    given_name: "Ana",
    family_name: "Ruiz",
  });
  const keys = createRemoteJWKSet(new URL(`${emulators.google.url}/oauth2/v3/certs`));
  const { protectedHeader } = await jwtVerify(tokens.id_token ?? "", keys, { issuer: emulators.google.url });
  expect(protectedHeader.alg).toBe("RS256");
  const profile = await client.fetchUserInfo(config, tokens.access_token, claims?.sub ?? "");
  expect(profile.email).toBe("ana@example.com");
});

test("the same person is the same subject, under another address as well", async () => {
  const people = (email: string) => ({ people: [{ id: "42", name: "Ana Ruiz", email }] });
  await control().put("/people", people("ana@example.com"));
  const first = (await signIn("Ana Ruiz")).claims();
  await control().put("/people", people("ana@example.org"));
  const second = (await signIn("Ana Ruiz")).claims();
  expect(second?.sub).toBe(first?.sub);
  expect(second?.email).toBe("ana@example.org");
});

test("who cancels is sent back with access_denied and the state", async () => {
  const { url, checks } = await begin();
  const back = await consent(url.href, "Cancel");
  expect(back.searchParams.get("state")).toBe(checks.expectedState);
  await expect(client.authorizationCodeGrant(config, back, checks)).rejects.toMatchObject({ error: "access_denied" });
});

test("a code works once, and taken twice it ends the token that it was exchanged for", async () => {
  const { url, checks } = await begin();
  const back = await consent(url.href, "Ana Ruiz");
  const tokens = await client.authorizationCodeGrant(config, back, checks);
  await expect(client.authorizationCodeGrant(config, back, checks)).rejects.toMatchObject({ error: "invalid_grant" });
  const sub = tokens.claims()?.sub ?? "";
  await expect(client.fetchUserInfo(config, tokens.access_token, sub)).rejects.toThrow();
});

test("a code needs its own verifier and its own redirect URI", async () => {
  const { url, checks } = await begin();
  const back = await consent(url.href, "Ana Ruiz");
  const stolen = { ...checks, pkceCodeVerifier: client.randomPKCECodeVerifier() };
  await expect(client.authorizationCodeGrant(config, back, stolen)).rejects.toMatchObject({ error: "invalid_grant" });
  const other = await begin();
  const elsewhere = await consent(other.url.href, "Ana Ruiz");
  const moved = new URL(`${elsewhere.search}`, "http://127.0.0.1:8787/auth/callback/other");
  await expect(client.authorizationCodeGrant(config, moved, other.checks)).rejects.toMatchObject({
    error: "invalid_grant",
  });
});

test("another client's secret is refused", async () => {
  const { url, clientId } = emulators.google;
  const options = { execute: [client.allowInsecureRequests] };
  const thief = await client.discovery(new URL(url), clientId, {}, client.ClientSecretBasic("guessed"), options);
  const { url: page, checks } = await begin();
  const back = await consent(page.href, "Ana Ruiz");
  await expect(client.authorizationCodeGrant(thief, back, checks)).rejects.toMatchObject({ error: "invalid_client" });
});

test.each([
  ["redirect_uri", "http://127.0.0.1:8787/elsewhere", "redirect_uri_mismatch"],
  ["client_id", "someone", "invalid_client"],
  ["code_challenge_method", "plain", "invalid_request"],
  ["response_type", "token", "unsupported_response_type"],
  ["scope", "openid drive", "invalid_scope"],
  ["scope", "email", "invalid_scope"],
  ["prompt", "login", "invalid_request"],
])("an authorize page asked with %s = %s is refused, and nobody is sent anywhere", async (name, value, error) => {
  const { url } = await begin();
  url.searchParams.set(name, value);
  const response = await fetch(url, { redirect: "manual" });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(error);
});

test("people without an account are not offered", async () => {
  const page = await (await fetch((await begin()).url)).text();
  expect(page).toContain("Dora Doubt");
  expect(page).not.toContain("Only Hub");
});

test.each([
  ["wrong_nonce", "nonce"],
  ["expired_id_token", "exp"],
  ["foreign_issuer", "iss"],
  ["foreign_audience", "aud"],
])("the fault %s spoils one id token, which a client refuses", async (effect, claim) => {
  await control().fault({ target: "google", effect });
  await expect(signIn("Ana Ruiz")).rejects.toMatchObject({ cause: { cause: { claim } } });
  expect((await signIn("Ana Ruiz")).claims()?.email).toBe("ana@example.com");
});

test("addresses are doubted or hidden on request, the token endpoint fails on request", async () => {
  expect((await signIn("Dora")).claims()?.email_verified).toBe(false);
  await control().fault({ target: "google", effect: "unverified_email" });
  expect((await signIn("Ana Ruiz")).claims()?.email_verified).toBe(false);
  await control().fault({ target: "google", effect: "no_email" });
  expect((await signIn("Ana Ruiz")).claims()?.email).toBeUndefined();
  await control().fault({ target: "google", effect: "status", status: 500, match: { path: "/token" } });
  await expect(signIn("Ana Ruiz")).rejects.toMatchObject({ cause: { status: 500 } });
});
