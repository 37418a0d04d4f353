import { randomBytes } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import type { Faults } from "../faults/faults.ts";
import type { Grant } from "../oauth/grants.ts";

const LIFE_S = 3600;

/** Signs id tokens; its key is made when it is first needed. */
export class IdTokenSigner {
  #key: ReturnType<typeof newKey> | undefined;

  /** The public key, as `jwks_uri` lists it. */
  async jwk(): Promise<JWK> {
    return (await this.#own()).jwk;
  }

  /** The id token of a grant. A fault may spoil one thing of it; the signature is always right. */
  async sign(issuer: string, { request, person }: Grant, faults: Faults): Promise<string> {
    const { privateKey, jwk } = await this.#own();
    const strikes = (effect: "wrong_nonce" | "expired_id_token" | "foreign_issuer" | "foreign_audience") =>
      faults.take({ target: "google", effects: [effect], path: "/token", method: "POST" }) !== undefined;
    const now = Math.floor(Date.now() / 1000);
    const issuedAt = strikes("expired_id_token") ? now - 2 * LIFE_S : now;
    const nonce = strikes("wrong_nonce") ? randomBytes(16).toString("hex") : request.nonce;
    const audience = strikes("foreign_audience") ? `someone-else-${request.clientId}` : request.clientId;
    return new SignJWT({
      azp: audience,
      ...profileOf(request.scopes, person, faults),
      ...(nonce === undefined ? {} : { nonce }),
    })
      .setProtectedHeader({ alg: "RS256", kid: jwk.kid ?? "", typ: "JWT" })
      .setIssuer(strikes("foreign_issuer") ? "https://accounts.example.net" : issuer)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIFE_S)
      .sign(privateKey);
  }

  #own(): ReturnType<typeof newKey> {
    this.#key ??= newKey();
    return this.#key;
  }
}

/** What Google tells of a person to who asked for these scopes. */
export function profileOf(
  scopes: readonly string[],
  { id, name, email, isEmailVerified }: Grant["person"],
  faults: Faults,
): Record<string, string | boolean> {
  const [givenName = name, ...rest] = name.split(" ");
  const isHidden = faults.take({ target: "google", effects: ["no_email"] }) !== undefined;
  const isDoubted = faults.take({ target: "google", effects: ["unverified_email"] }) !== undefined;
  return {
    sub: `1${id.padStart(20, "0")}`,
    ...(scopes.includes("email") && !isHidden ? { email, email_verified: isEmailVerified && !isDoubted } : {}),
    ...(scopes.includes("profile") ? { name, given_name: givenName, family_name: rest.join(" ") } : {}),
  };
}

async function newKey() {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const jwk = await exportJWK(publicKey);
  return { privateKey, jwk: { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: "RS256", use: "sig" } };
}
