import type { NameResolver } from "./name-resolver.ts";
import { type OutgoingRules, readOutgoingUrl, refused } from "./outgoing-url.ts";
import { isPublicAddress } from "./public-address.ts";

const TIME_LIMIT_MS = 15_000;
/** Enough of an answer for the owner of the address to see what their side said. */
const KEPT_ANSWER_BYTES = 1_024;

/** One request to an address that a user gave. The body is sent byte for byte. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came back: its status and the beginning of its text, for the owner's eyes alone. */
export interface OutgoingAnswer {
  readonly status: number;
  readonly text: string;
}

export interface OutgoingGuard extends OutgoingRules {
  readonly resolve: NameResolver;
}

/**
 * Judges a user-given address by its text and by what it resolves to; both when it is saved and at each sending, because names
 * change. Throws `invalid_request` for what we do not send to, `unavailable` where the name cannot be looked up.
 *
 * It is a filter, not a proof: the answer may differ when the request itself resolves the name. A Worker's `fetch` leaves from the
 * edge, where there is no private network; `global_fetch_strictly_public` keeps it from our own zone's origins.
 */
export async function judgeOutgoingUrl(text: string, guard: OutgoingGuard): Promise<URL> {
  const url = readOutgoingUrl(text, guard);
  if (guard.trustedOrigins.has(url.origin)) return url;
  const addresses = await guard.resolve(url.hostname);
  if (addresses.length === 0) throw refused("must name a host that exists");
  if (!addresses.every(isPublicAddress)) throw refused("must not lead into a private network");
  return url;
}

/**
 * Sends to a user-given address, after judging it. A redirect is an answer like any other and never followed: where it leads
 * nobody has judged. Nothing but `headers` is sent, and no more than a kilobyte of the answer is read. Throws what
 * `judgeOutgoingUrl` throws, and what `fetch` throws for a host that does not answer within 15 s.
 */
export async function sendOutgoing(request: OutgoingRequest, guard: OutgoingGuard): Promise<OutgoingAnswer> {
  const url = await judgeOutgoingUrl(request.url, guard);
  const { method, headers, body } = request;
  const response = await fetch(url, {
    method,
    headers,
    body,
    redirect: "manual",
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  });
  return { status: response.status, text: await beginningOf(response) };
}

async function beginningOf(response: Response): Promise<string> {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  const kept = new Uint8Array(KEPT_ANSWER_BYTES);
  let sizeBytes = 0;
  while (sizeBytes < KEPT_ANSWER_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    const fitting = value.subarray(0, KEPT_ANSWER_BYTES - sizeBytes);
    kept.set(fitting, sizeBytes);
    sizeBytes += fitting.length;
  }
  // What is cancelled may never end; nobody waits for it.
  reader.cancel().catch(() => {});
  return new TextDecoder().decode(kept.subarray(0, sizeBytes));
}
