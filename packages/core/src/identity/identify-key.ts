import { ApiKeyId, EarwitnessError, TokenFamilyId } from "@earwitness/shared";
import { z } from "zod";
import type { ApiKeyActor, Context, VisitorActor } from "../context.ts";
import type { ApiKeyRecord, Repositories } from "../ports/repositories/index.ts";
import { looksLikeApiKey } from "./api-key.ts";
import { sha256Hex } from "./secret.ts";
import { readTicket } from "./ticket.ts";

/** How exact a key's "last used" is: once a minute is enough to find unused keys, and keeps reads from being writes. */
const LAST_USED_RESOLUTION_MS = 60_000;

/** What an access token says. It is only believed as long as its key and its family live. */
const AccessClaims = z.object({ familyId: TokenFamilyId, keyId: ApiKeyId, scope: z.enum(["read", "write"]) });

/**
 * Finds out whose key or access token it is, and notes that the key was used. Throws `unauthenticated`, with why: unknown,
 * revoked or expired. `secret` is the one that access tokens are signed with.
 */
export async function identifyByBearer(
  ctx: Context<VisitorActor>,
  secret: string,
  bearer: string,
): Promise<ApiKeyActor> {
  return looksLikeApiKey(bearer) ? identifyByApiKey(ctx, bearer) : identifyByAccessToken(ctx, secret, bearer);
}

async function identifyByApiKey(ctx: Context<VisitorActor>, key: string): Promise<ApiKeyActor> {
  const keySha256 = await sha256Hex(key);
  return ctx.unitOfWork(async (tx) => {
    const found = await tx.apiKeys.bySha256(keySha256);
    requireLiving(found, ctx.clock.now());
    await noteUse(ctx, tx, found);
    return { kind: "apiKey", keyId: found.id, workspaceId: found.workspaceId, scope: found.scope, ...endOf(found) };
  });
}

async function identifyByAccessToken(ctx: Context<VisitorActor>, secret: string, token: string): Promise<ApiKeyActor> {
  const now = ctx.clock.now();
  const claims = await readTicket(secret, "access", token, AccessClaims, now);
  if (claims === null) {
    throw new EarwitnessError(
      "unauthenticated",
      "This is no API key, and no access token that is good any more. Refresh the token, or exchange the key again.",
    );
  }
  return ctx.unitOfWork(async (tx) => {
    const family = await tx.tokenFamilies.find(claims.familyId);
    if (family === null || family.revokedAt !== null || family.apiKey.id !== claims.keyId) {
      throw new EarwitnessError("unauthenticated", "These tokens were revoked. Exchange the key again.");
    }
    requireLiving(family.apiKey, now);
    await noteUse(ctx, tx, family.apiKey);
    return {
      kind: "apiKey",
      keyId: claims.keyId,
      workspaceId: family.workspaceId,
      scope: claims.scope,
      familyId: family.id,
      expiresAt: family.expiresAt,
    };
  });
}

/** Throws `unauthenticated` for a key that is not known, was revoked or has expired. */
export function requireLiving(key: ApiKeyRecord | null, now: Date): asserts key is ApiKeyRecord {
  if (key === null || key.revokedAt !== null) {
    throw new EarwitnessError("unauthenticated", "This API key is not known, or was revoked.");
  }
  if (key.expiresAt !== null && key.expiresAt <= now) {
    throw new EarwitnessError(
      "unauthenticated",
      `This API key expired at ${key.expiresAt.toISOString()}. Ask an owner or an admin for another one.`,
    );
  }
}

async function noteUse(
  ctx: Context<VisitorActor>,
  tx: Pick<Repositories, "apiKeys">,
  { id, lastUsedAt }: ApiKeyRecord,
): Promise<void> {
  const now = ctx.clock.now();
  if (lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < LAST_USED_RESOLUTION_MS) return;
  await tx.apiKeys.markUsed(id, now);
}

function endOf({ expiresAt }: ApiKeyRecord): { expiresAt?: Date } {
  return expiresAt === null ? {} : { expiresAt };
}
