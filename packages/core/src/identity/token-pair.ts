import type { TokenPair } from "@earwitness/shared";
import type { Context } from "../context.ts";
import type { Repositories, TokenFamilyRecord } from "../ports/repositories/index.ts";
import { ACCESS_TOKEN_MS, refreshExpiry } from "./refresh-token.ts";
import { newSecret, sha256Hex } from "./secret.ts";
import { signTicket } from "./ticket.ts";

/** What refresh tokens begin with, so that people and secret scanners tell them from keys. */
const REFRESH_PREFIX = "ewr_";

/**
 * Makes the family's next two tokens: what is kept of them is the SHA-256 of the refresh token. The access token is signed, and
 * names its key, family and scope; neither lives longer than the key.
 */
export async function mintTokenPair(
  ctx: Pick<Context, "clock">,
  tx: Pick<Repositories, "tokenFamilies">,
  secret: string,
  { id: familyId, workspaceId, scope, apiKey }: Pick<TokenFamilyRecord, "id" | "workspaceId" | "scope" | "apiKey">,
): Promise<TokenPair> {
  const now = ctx.clock.now();
  const refreshToken = REFRESH_PREFIX + newSecret();
  const refreshExpiresAt = refreshExpiry(apiKey, now);
  await tx.tokenFamilies.addRefreshToken(
    { tokenSha256: await sha256Hex(refreshToken), familyId, workspaceId },
    refreshExpiresAt,
  );
  const accessExpiresAt = new Date(Math.min(now.getTime() + ACCESS_TOKEN_MS, refreshExpiresAt.getTime()));
  const claims = { familyId, keyId: apiKey.id, scope };
  return {
    familyId,
    accessToken: await signTicket(secret, "access", claims, accessExpiresAt),
    // A ticket's end is in whole seconds.
    accessExpiresAt: new Date(Math.floor(accessExpiresAt.getTime() / 1000) * 1000).toISOString(),
    refreshToken,
    refreshExpiresAt: refreshExpiresAt.toISOString(),
  };
}
