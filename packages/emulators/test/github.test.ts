import * as oauth from "oauth4webapi";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { type Emulators, startEmulators } from "../src/index.ts";
import { consent } from "./support/consent.ts";
import { door } from "./support/door.ts";

const REDIRECT_URI = "http://127.0.0.1:8787/auth/callback/github";

let emulators: Emulators;
let server: oauth.AuthorizationServer;

beforeAll(async () => {
  emulators = await startEmulators({ github: { redirectUris: [REDIRECT_URI] } });
  const { url } = emulators.github;
  server = {
    issuer: `${url}/login/oauth`,
    authorization_endpoint: `${url}/login/oauth/authorize`,
    token_endpoint: `${url}/login/oauth/access_token`,
    userinfo_endpoint: `${url}/api/v3/user`,
  };
});
afterAll(() => emulators.close());
beforeEach(async () => {
  await control().put("/people", {
    people: [
      { id: "583231", name: "Octo Cat", email: "octo@example.com" },
      { name: "Public Pia", email: "pia@example.com", isEmailPublic: true },
      { name: "Dora Doubt", email: "dora@example.com", isEmailVerified: false },
    ],
  });
  await control().clearFaults();
});

const control = () => door(emulators.control.url);
const insecure = { [oauth.allowInsecureRequests]: true };

async function begin(scope = "read:user user:email") {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const url = new URL(server.authorization_endpoint ?? "");
  url.search = new URLSearchParams({
    client_id: emulators.github.clientId,
    redirect_uri: REDIRECT_URI,
    response_type: "code",
    scope,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  }).toString();
  return { url, state, verifier };
}

async function exchange(back: URL, state: string, verifier: string, secret = emulators.github.clientSecret) {
  const client = { client_id: emulators.github.clientId };
  const params = oauth.validateAuthResponse(server, client, back, state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.ClientSecretBasic(secret),
    params,
    REDIRECT_URI,
    verifier,
    insecure,
  );
  const answer = z.record(z.string(), z.string()).parse(await response.clone().json());
  return { status: response.status, answer };
}

async function signIn(label: string, scope?: string) {
  const { url, state, verifier } = await begin(scope);
  const { answer } = await exchange(await consent(url.href, label), state, verifier);
  return answer.access_token ?? "";
}

async function read(path: string, token: string) {
  const headers = { authorization: `Bearer ${token}`, "user-agent": "earwitness-test" };
  const response = await fetch(`${emulators.github.url}/api/v3${path}`, { headers });
  return { status: response.status, body: await response.json() };
}

test("a client signs somebody in, whose address only /user/emails tells", async () => {
  const token = await signIn("Octo Cat");
  expect((await read("/user", token)).body).toMatchObject({ id: 583231, login: "octo", name: "Octo Cat", email: null });
  expect((await read("/user/emails", token)).body).toEqual([
    { email: "octo@example.com", primary: true, verified: true, visibility: "private" },
  ]);
});

test("a public address is in the profile; a doubted one is marked", async () => {
  expect((await read("/user", await signIn("Public Pia"))).body).toMatchObject({ email: "pia@example.com" });
  expect((await read("/user/emails", await signIn("Dora"))).body).toMatchObject([{ verified: false }]);
  await control().fault({ target: "github", effect: "unverified_email" });
  expect((await read("/user/emails", await signIn("Octo"))).body).toMatchObject([{ verified: false }]);
  await control().fault({ target: "github", effect: "no_email" });
  expect((await read("/user/emails", await signIn("Octo"))).body).toEqual([]);
});

test("without the scope the addresses are not there", async () => {
  const token = await signIn("Octo Cat", "read:user");
  expect(await read("/user/emails", token)).toMatchObject({ status: 404, body: { message: "Not Found" } });
});

test("who cancels is sent back with access_denied and the state", async () => {
  const { url, state } = await begin();
  const back = await consent(url.href, "Cancel");
  expect(Object.fromEntries(back.searchParams)).toMatchObject({ error: "access_denied", state });
});

test("what the token endpoint refuses has status 200", async () => {
  const { url, state, verifier } = await begin();
  const back = await consent(url.href, "Octo Cat");
  const wrong = await exchange(back, state, verifier, "guessed");
  expect(wrong).toMatchObject({ status: 200, answer: { error: "incorrect_client_credentials" } });
  const right = await exchange(back, state, verifier);
  expect(right.answer).toMatchObject({ scope: "read:user,user:email", token_type: "bearer" });
  const again = await exchange(back, state, verifier);
  expect(again).toMatchObject({ status: 200, answer: { error: "bad_verification_code" } });
  expect((await read("/user", right.answer.access_token ?? "")).status).toBe(401);
});

test("a code needs its own verifier", async () => {
  const { url, state } = await begin();
  const stolen = await exchange(await consent(url.href, "Octo"), state, oauth.generateRandomCodeVerifier());
  expect(stolen.answer.error).toBe("bad_verification_code");
});

test("the fault refuse answers 200 with an error, status fails as a server does", async () => {
  await control().fault({ target: "github", effect: "refuse" });
  const first = await begin();
  const refused = await exchange(await consent(first.url.href, "Octo"), first.state, first.verifier);
  expect(refused).toMatchObject({ status: 200, answer: { error: "bad_verification_code" } });
  await control().fault({ target: "github", effect: "status", status: 500, match: { path: "/access_token" } });
  const second = await begin();
  const failed = await exchange(await consent(second.url.href, "Octo"), second.state, second.verifier);
  expect(failed.status).toBe(500);
});

test("without JSON asked for, the token comes as a form", async () => {
  const response = await fetch(server.token_endpoint ?? "", {
    method: "POST",
    body: new URLSearchParams({ code: "x" }),
  });
  expect(response.headers.get("content-type")).toContain("application/x-www-form-urlencoded");
  expect(await response.text()).toContain("error=incorrect_client_credentials");
});

test("the API refuses who has no User-Agent, and who has no token", async () => {
  const { request } = await import("node:http");
  const status = await new Promise((resolve) => {
    request(`${emulators.github.url}/api/v3/user`, (response) => resolve(response.resume().statusCode)).end();
  });
  expect(status).toBe(403);
  expect(await read("/user", "gho_none")).toMatchObject({ status: 401, body: { message: "Bad credentials" } });
});

test("an address that is not registered is never sent to: the registered one is told", async () => {
  const { url } = await begin();
  url.searchParams.set("redirect_uri", "http://evil.example/");
  const response = await fetch(url, { redirect: "manual" });
  const location = new URL(response.headers.get("location") ?? "");
  expect(location.origin + location.pathname).toBe(REDIRECT_URI);
  expect(location.searchParams.get("error")).toBe("redirect_uri_mismatch");
});
