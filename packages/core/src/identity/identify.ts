import { EarwitnessError } from "@earwitness/shared";
import type { ApiKeyActor, Context, PersonActor, UserActor, VisitorActor } from "../context.ts";
import type { Repositories } from "../ports/repositories/index.ts";
import { looksLikeApiKey } from "./api-key.ts";
import { sha256Hex } from "./secret.ts";

/** How exact a key's "last used" is: once a minute is enough to find unused keys, and keeps reads from being writes. */
const LAST_USED_RESOLUTION_MS = 60_000;

/** A session that lives, with who acts in it. */
export interface LivingSession {
  readonly id: string;
  readonly expiresAt: Date;
  readonly actor: UserActor;
}

/** Finds out whose session it is. Throws `unauthenticated` for a token that is unknown or has expired. */
export async function identifyBySession(ctx: Context<VisitorActor>, token: string): Promise<LivingSession> {
  const tokenSha256 = await sha256Hex(token);
  return ctx.unitOfWork(async (tx) => {
    const session = await livingSession(ctx, tx, tokenSha256);
    const [membership] = await tx.users.memberships(session.user.id);
    if (membership === undefined) {
      throw new EarwitnessError("forbidden", "You do not belong to a workspace any more. Ask its owner to invite you.");
    }
    const { id, expiresAt, user } = session;
    return { id, expiresAt, actor: { kind: "user", userId: user.id, sessionId: id, ...membership } };
  });
}

/** Finds out who is signed in, be they in a workspace or in none. Throws `unauthenticated` like `identifyBySession`. */
export async function identifyPersonBySession(ctx: Context<VisitorActor>, token: string): Promise<PersonActor> {
  const tokenSha256 = await sha256Hex(token);
  const { id, user } = await ctx.unitOfWork((tx) => livingSession(ctx, tx, tokenSha256));
  return { kind: "person", userId: user.id, sessionId: id };
}

async function livingSession(ctx: Context<VisitorActor>, tx: Pick<Repositories, "sessions">, tokenSha256: string) {
  const session = await tx.sessions.byToken(tokenSha256);
  if (session !== null && session.expiresAt > ctx.clock.now()) return session;
  throw new EarwitnessError("unauthenticated", "Your session has ended. Sign in again.");
}

/** Finds out whose key it is and notes that it was used. Throws `unauthenticated` for one that is unknown or revoked. */
export async function identifyByApiKey(ctx: Context<VisitorActor>, key: string): Promise<ApiKeyActor> {
  const unknown = new EarwitnessError("unauthenticated", "This API key is not known, or was revoked.");
  if (!looksLikeApiKey(key)) throw unknown;
  const keySha256 = await sha256Hex(key);
  return ctx.unitOfWork(async (tx) => {
    const found = await tx.apiKeys.bySha256(keySha256);
    if (found === null || found.revokedAt !== null) throw unknown;
    const now = ctx.clock.now();
    if (found.lastUsedAt === null || now.getTime() - found.lastUsedAt.getTime() >= LAST_USED_RESOLUTION_MS) {
      await tx.apiKeys.markUsed(found.id, now);
    }
    return { kind: "apiKey", keyId: found.id, workspaceId: found.workspaceId, scope: found.scope };
  });
}
