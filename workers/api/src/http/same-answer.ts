import { type Actor, type RequestAttempt, sha256Hex, type UnitOfWork } from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import { errorFields } from "@earwitness/shared/log";
import type { Services } from "../services.ts";
import { IdempotencyKey } from "./idempotency-key.ts";
import type { Contract } from "./route.ts";
import { type KeptAnswer, openAnswer, sealAnswer } from "./sealed-answer.ts";

/** Past the time limit of a request, and of a statement: whoever began so long ago is gone. */
const ABANDONED_AFTER_MS = 60_000;
/** A request that creates something takes less. */
const COME_BACK_MS = 1_000;
/** Headers of an answer that are part of it; the others are of the exchange. */
const KEPT_HEADERS = ["content-type", "cache-control", "etag", "location"];

/** A request with an Idempotency-Key. */
export interface KeyedRequest {
  readonly services: Services;
  readonly actor: Actor;
  readonly raw: Request;
  readonly operationId: string;
}

/** Makes a verb's transactions note that they did it: what is not noted was not done. */
export type Noting = (unitOfWork: UnitOfWork) => UnitOfWork;

/**
 * Whether a route is answered the same when the same key comes again: what creates something or begins slow work, unless its verb knows keys itself.
 */
export function answersTheSame({ method, returns, request, may }: Contract): boolean {
  const knowsItself = request.header?.shape["idempotency-key"] !== undefined;
  return method === "post" && (201 in returns || 202 in returns) && !knowsItself && may !== "anyone";
}

/** The key of a request that has one. Throws `invalid_request` for one that is none. */
export function idempotencyKeyOf(request: Request): string | null {
  const given = request.headers.get("idempotency-key");
  if (given === null) return null;
  const parsed = IdempotencyKey.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new EarwitnessError("invalid_request", "A part of the request is not valid: see errors.", {
    fields: parsed.error.issues.map(({ message }) => ({ pointer: "header/idempotency-key", detail: message })),
  });
}

/**
 * Answers a request that may come again: the same key with the same request gets the same answer for a day, byte for byte, and
 * does it once. `work` does it, with transactions that `noting` has made note it: so that after a crash it is known whether
 * anything was done. Where it was and the answer was lost, that is what a repeat is told; where nothing was, the key is free.
 * Throws `unprocessable` for a key that came with another request, `conflict` while the first one is under way.
 */
export async function sameAnswer(
  key: string,
  request: KeyedRequest,
  work: (noting: Noting) => Promise<Response>,
): Promise<Response> {
  const { services, actor } = request;
  const secret = services.env.AUTH_SECRET;
  const requestSha256 = await fingerprintOf(request);
  const attempt: RequestAttempt = { name: await sha256Hex(`${holderOf(actor)} ${key}`), attempt: crypto.randomUUID() };
  const unitOfWork = services.database.unitOfWork(actor);
  const begun = await unitOfWork((tx) => tx.answeredRequests.begin({ ...attempt, requestSha256 }, ABANDONED_AFTER_MS));
  if (begun.kind !== "begun") {
    if (begun.requestSha256 !== requestSha256) throw usedOtherwise();
    if (begun.kind === "answered") return again(await openAnswer(secret, key, begun.answer));
    throw begun.kind === "done" ? answerLost() : underWay();
  }

  let isDone = false;
  const noting: Noting = (inner) => async (verb) => {
    const result = await inner(async (tx) => {
      const result = await verb(tx);
      await tx.answeredRequests.markDone(attempt);
      return result;
    });
    isDone = true;
    return result;
  };
  try {
    const response = await work(noting);
    const sealed = await sealAnswer(secret, key, await keptAnswerOf(response.clone()));
    await noted(services, () => unitOfWork((tx) => tx.answeredRequests.keepAnswer(attempt, sealed)));
    return response;
  } catch (error) {
    // Where this fails too, the name is free by itself after a minute.
    if (!isDone) await noted(services, () => unitOfWork((tx) => tx.answeredRequests.release(attempt)));
    throw error;
  }
}

/** Writes down how a request came out, which must not change how it came out. */
async function noted({ log }: Services, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    log.warn("answer of a keyed request not kept", errorFields(error));
  }
}

/** What makes a request the same: what is asked, where, and each byte of the body. */
async function fingerprintOf({ raw, operationId }: KeyedRequest): Promise<string> {
  const { pathname, search } = new URL(raw.url);
  const body = await raw.clone().text();
  return sha256Hex(JSON.stringify([operationId, pathname.replace(/^\/api\//, "/"), search, body]));
}

function holderOf(actor: Actor): string {
  switch (actor.kind) {
    case "user":
      return `${actor.workspaceId} ${actor.userId}`;
    case "apiKey":
      // An answer may hold what an access token is never given, and what ends with another exchange than its own.
      return [actor.workspaceId, actor.keyId, ...(actor.familyId === undefined ? [] : [actor.familyId])].join(" ");
    case "person":
      return actor.userId;
    default:
      throw new EarwitnessError("invalid_request", "An Idempotency-Key is somebody's, and nobody is known here.");
  }
}

async function keptAnswerOf(response: Response): Promise<KeptAnswer> {
  const headers = Object.fromEntries([...response.headers].filter(([name]) => KEPT_HEADERS.includes(name)));
  return { status: response.status, headers, body: await response.text() };
}

function again({ status, headers, body }: KeptAnswer): Response {
  return new Response(body, { status, headers: { ...headers, "idempotency-replayed": "true" } });
}

function usedOtherwise(): EarwitnessError {
  return new EarwitnessError("unprocessable", "This Idempotency-Key was used for another request. Take a new key.", {
    fields: [{ pointer: "header/idempotency-key", detail: "was used with another request" }],
  });
}

function underWay(): EarwitnessError {
  return new EarwitnessError("conflict", "The first request with this Idempotency-Key is under way. Ask again.", {
    retryable: true,
    retryAfterMs: COME_BACK_MS,
  });
}

function answerLost(): EarwitnessError {
  return new EarwitnessError(
    "conflict",
    "The first request with this Idempotency-Key was done, but its answer was lost. Look at what there is before you take a new key.",
  );
}
