import type { AccountProvider } from "@earwitness/shared";
import { ACCOUNT_PROVIDERS } from "../../api/account-providers.ts";

/** The few conversations with `/auth` that a browser has: asking for a way in, using it, and leaving. */

/** Why a sign-in did not happen, in a sentence for a person. */
export class SignInError extends Error {
  /** The link is spent, too old or wrong: another one must be asked for. */
  readonly needsNewLink: boolean;

  constructor(message: string, { needsNewLink = false, cause }: { needsNewLink?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = "SignInError";
    this.needsNewLink = needsNewLink;
  }
}

/** What stands in the address of a mailed link, after the `#`, where neither logs nor other sites see it. */
export interface MailedLink {
  token: string;
  email: string;
  callbackUrl: string | null;
}

/** Reads a mailed link's fragment; null when it is not a whole one. */
export function readMailedLink(fragment: string): MailedLink | null {
  const parts = new URLSearchParams(fragment.replace(/^#/, ""));
  const [token, email] = [parts.get("token"), parts.get("email")];
  return token && email ? { token, email, callbackUrl: parts.get("callbackUrl") } : null;
}

/** Has a sign-in link mailed. The answer is the same whether or not the address is known. Throws `SignInError`. */
export async function requestSignInLink(email: string, returnTo: string): Promise<void> {
  const response = await post("/auth/signin/email", { email, callbackUrl: returnTo, csrfToken: await csrfToken() });
  const detail = await detailOf(response);
  if (!response.ok)
    throw new SignInError(detail ?? "The sign-in mail could not be sent. Nothing was changed; try again.");
}

/** How one gets in here besides by the mailed link, and whether a stranger does. */
export interface WaysIn {
  readonly providers: readonly AccountProvider[];
  readonly signUp: "open" | "invited";
}

/** Throws `SignInError` where the server cannot be reached. */
export async function readWaysIn(): Promise<WaysIn> {
  const answer: unknown = await (await reach("/auth/providers", {})).json().catch(() => null);
  const told = typeof answer === "object" && answer !== null ? answer : {};
  const named: unknown = "providers" in told ? told.providers : null;
  return {
    providers: ACCOUNT_PROVIDERS.filter((name) => Array.isArray(named) && named.includes(name)),
    signUp: "signUp" in told && told.signUp === "open" ? "open" : "invited",
  };
}

/** The address of a provider's page, from which it leads back to `returnTo`. Throws `SignInError`. */
export async function providerPage(provider: AccountProvider, returnTo: string): Promise<string> {
  const response = await post(`/auth/signin/${provider}`, { callbackUrl: returnTo, csrfToken: await csrfToken() });
  const answer: unknown = await response.json().catch(() => null);
  const told = typeof answer === "object" && answer !== null ? answer : {};
  // It is gone to: nothing but a page of the web is.
  if (response.ok && "url" in told && typeof told.url === "string" && /^https?:\/\//.test(told.url)) return told.url;
  const detail = "detail" in told && typeof told.detail === "string" ? told.detail : null;
  throw new SignInError(detail ?? "The way there could not be found. Try again, or sign in by mail.");
}

/** Uses a mailed link; afterwards this browser is signed in. Throws `SignInError`. */
export async function confirmSignIn({ token, email, callbackUrl }: MailedLink): Promise<void> {
  const response = await post("/auth/confirm", { token, email, ...(callbackUrl && { callbackUrl }) });
  if (response.ok) return;
  const detail = await detailOf(response);
  const needsNewLink = response.status >= 400 && response.status < 500 && response.status !== 429;
  throw new SignInError(detail ?? "This link was used before, or is too old.", { needsNewLink });
}

/** Ends this browser's session. Throws `SignInError`. */
export async function signOut(): Promise<void> {
  const response = await post("/auth/signout", { csrfToken: await csrfToken() });
  if (!response.ok) throw new SignInError("Signing out did not go through. You are still signed in.");
}

async function csrfToken(): Promise<string> {
  const response = await reach("/auth/csrf", {});
  const answer: unknown = await response.json().catch(() => null);
  const token = typeof answer === "object" && answer !== null && "csrfToken" in answer ? answer.csrfToken : null;
  if (typeof token !== "string") throw new SignInError("The server did not let this page begin. Load it again.");
  return token;
}

function post(path: string, body: object): Promise<Response> {
  return reach(path, {
    method: "POST",
    // Auth.js then answers with JSON instead of a redirect.
    headers: { "content-type": "application/json", "x-auth-return-redirect": "1" },
    body: JSON.stringify(body),
  });
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, signal: AbortSignal.timeout(15_000) });
  } catch (cause) {
    throw new SignInError("The server cannot be reached from here. Try again in a moment.", { cause });
  }
}

/** The sentence of a problem document, if the answer is one. */
async function detailOf(response: Response): Promise<string | null> {
  const answer: unknown = await response.json().catch(() => null);
  if (typeof answer !== "object" || answer === null || !("detail" in answer)) return null;
  return typeof answer.detail === "string" ? answer.detail : null;
}
