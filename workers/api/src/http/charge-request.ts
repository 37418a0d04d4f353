import type { Actor, Charged, Quota } from "@earwitness/core";
import { withinLimit } from "@earwitness/shared";
import { errorFields } from "@earwitness/shared/log";
import type { Services } from "../services.ts";
import { HttpError } from "./http-error.ts";

const WINDOW_MS = 60_000;
/** A limiter that does not answer by then is away, and nobody waits for it: better too many requests than none. */
const LIMITER_TIME_LIMIT_MS = 250;

/**
 * Charges a request to the quotas of who sends it and of their workspace, and gives the headers that tell what is left
 * (draft-ietf-httpapi-ratelimit-headers). Throws `too_many_requests` with `Retry-After`, and lets pass where the limiter is away.
 */
export async function chargeRequest(services: Services, actor: Actor, cost: number): Promise<Record<string, string>> {
  const { env, log } = services;
  const holder = holderOf(actor);
  if (holder === null) return {};
  const quotas = quotasOf(holder, env);
  const charged = await withinLimit(
    env.RATE_LIMITER.getByName(holder.limiter).charge(cost, quotas),
    LIMITER_TIME_LIMIT_MS,
  ).catch((error: unknown) => {
    log.warn("requests not counted", errorFields(error));
    return null;
  });
  if (charged === null) return {};
  const headers = headersOf(quotas, charged);
  if (charged.waitMs === 0) return headers;
  throw new HttpError(
    "too_many_requests",
    "You have asked for too much in a short time. The header Retry-After says when to ask again.",
    { ...headers, "retry-after": String(Math.ceil(charged.waitMs / 1000)) },
  );
}

/** Who is counted, and in which object: that of the workspace, or a person's own where they act in none. */
interface Holder {
  readonly limiter: string;
  readonly policy: "user" | "key";
  readonly id: string;
  readonly isInWorkspace: boolean;
}

function holderOf(actor: Actor): Holder | null {
  switch (actor.kind) {
    case "user":
      return { limiter: actor.workspaceId, policy: "user", id: actor.userId, isInWorkspace: true };
    case "apiKey":
      return { limiter: actor.workspaceId, policy: "key", id: actor.keyId, isInWorkspace: true };
    case "person":
      return { limiter: actor.userId, policy: "user", id: actor.userId, isInWorkspace: false };
    default:
      return null;
  }
}

function quotasOf(
  { policy, id, isInWorkspace }: Holder,
  env: Pick<Services["env"], "REQUESTS_PER_MINUTE_OF_ONE" | "REQUESTS_PER_MINUTE_OF_WORKSPACE">,
): Quota[] {
  const own = { name: policy, key: id, limit: env.REQUESTS_PER_MINUTE_OF_ONE, windowMs: WINDOW_MS };
  const all = { name: "workspace", key: "workspace", limit: env.REQUESTS_PER_MINUTE_OF_WORKSPACE, windowMs: WINDOW_MS };
  return isInWorkspace ? [own, all] : [own];
}

function headersOf(quotas: readonly Quota[], { left }: Charged): Record<string, string> {
  const policies = quotas.map(({ name, limit, windowMs }) => `"${name}";q=${limit};w=${windowMs / 1000}`);
  const rests = left.map(({ name, remaining, resetMs }) => `"${name}";r=${remaining};t=${Math.ceil(resetMs / 1000)}`);
  return { "ratelimit-policy": policies.join(", "), ratelimit: rests.join(", ") };
}
