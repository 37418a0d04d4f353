import { createHash, randomBytes } from "node:crypto";
import { keepNewest } from "../keep-newest.ts";
import type { Person } from "./people.ts";

/** For how long a code can be exchanged. */
const CODE_LIFE_MS = 60_000;
/** Of each kind; older ones are forgotten. */
const KEPT = 1000;

/** What an application asked for by the authorize page. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  /** base64url of the verifier's SHA-256. */
  readonly codeChallenge: string;
  readonly nonce: string | undefined;
}

/** What a person agreed to. */
export interface Grant {
  readonly request: AuthorizationRequest;
  readonly person: Person;
}

/** Requests that wait for a person, codes that wait for an exchange, and access tokens. */
export class Grants {
  readonly #asked = new Map<string, AuthorizationRequest>();
  readonly #codes = new Map<string, { grant: Grant; expiresAt: number; spentFor: string | null }>();
  readonly #tokens = new Map<string, Grant>();

  /** Keeps a request until a person decides; the id is for the consent page. */
  ask(request: AuthorizationRequest): string {
    return keep(this.#asked, randomBytes(16).toString("hex"), request);
  }

  /** A request that waits; it is decided once. */
  take(id: string): AuthorizationRequest | undefined {
    const request = this.#asked.get(id);
    this.#asked.delete(id);
    return request;
  }

  /** The code of a grant: good once, for a minute. */
  code(grant: Grant): string {
    const code = randomBytes(24).toString("base64url");
    return keep(this.#codes, code, { grant, expiresAt: Date.now() + CODE_LIFE_MS, spentFor: null });
  }

  /**
   * Exchanges a code for an access token; null for a code that is unknown, spent, too old or another client's, or that comes with
   * another redirect URI or verifier. A code that comes again takes back what it was exchanged for.
   */
  redeem(
    code: string,
    asked: { clientId: string; redirectUri: string; codeVerifier: string },
    prefix: string,
  ): { grant: Grant; accessToken: string } | null {
    const entry = this.#codes.get(code);
    if (entry === undefined) return null;
    if (entry.spentFor !== null) {
      this.#tokens.delete(entry.spentFor);
      return null;
    }
    const { request } = entry.grant;
    const challenge = createHash("sha256").update(asked.codeVerifier).digest("base64url");
    const fits =
      Date.now() < entry.expiresAt &&
      asked.clientId === request.clientId &&
      asked.redirectUri === request.redirectUri &&
      challenge === request.codeChallenge;
    const accessToken = `${prefix}${randomBytes(24).toString("base64url")}`;
    entry.spentFor = accessToken;
    if (!fits) return null;
    keep(this.#tokens, accessToken, entry.grant);
    return { grant: entry.grant, accessToken };
  }

  /** Whose access token it is. */
  bearer(authorization: string | undefined): Grant | undefined {
    const token = /^(?:Bearer|token) (\S+)$/i.exec(authorization ?? "")?.[1];
    return token === undefined ? undefined : this.#tokens.get(token);
  }
}

function keep<V>(map: Map<string, V>, key: string, value: V): string {
  map.set(key, value);
  keepNewest(map, KEPT);
  return key;
}
