import { EarwitnessError, type TokenPair } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { Repositories, TokenFamilyRecord } from "../ports/repositories/index.ts";
import type { ClosedSession } from "./end-session.ts";
import { judgeRefreshToken, REFRESH_RACE_MS, type RefreshVerdict } from "./refresh-token.ts";
import { sha256Hex } from "./secret.ts";
import { mintTokenPair } from "./token-pair.ts";

/** What came of a refresh. A refusal is returned, not thrown: what it ended must stay ended. */
export type RefreshOutcome =
  | { readonly kind: "renewed"; readonly pair: TokenPair }
  | { readonly kind: "refused"; readonly error: EarwitnessError; readonly closed: readonly ClosedSession[] };

/**
 * Gives the next pair of tokens for a refresh token, which works once: of two requests at once exactly one gets a pair. A token that
 * comes again ends every token of its family and is put into the audit log, except within `REFRESH_RACE_MS` of its use, when it is
 * only refused.
 */
export async function refreshTokens(
  ctx: Context<SystemActor>,
  secret: string,
  refreshToken: string,
): Promise<RefreshOutcome> {
  const tokenSha256 = await sha256Hex(refreshToken);
  return ctx.unitOfWork(async (tx) => {
    const found = await tx.tokenFamilies.byRefreshToken(tokenSha256);
    if (found === null) return refused("This refresh token is not known. Exchange the key again.");
    const { family, usedAt } = found;
    const verdict = judgeRefreshToken(family, usedAt, ctx.clock.now());
    if (verdict.kind !== "renew") return refusalOf(tx, family, verdict);
    // Asked in the update's own condition: of two at once, the one that waited finds the token spent.
    const isOurs = await tx.tokenFamilies.useRefreshToken(tokenSha256);
    if (!isOurs) return refusalOf(tx, family, { kind: "raced", retryAfterMs: REFRESH_RACE_MS });
    return { kind: "renewed", pair: await mintTokenPair(ctx, tx, secret, family) };
  });
}

async function refusalOf(
  tx: Repositories,
  family: TokenFamilyRecord,
  verdict: Exclude<RefreshVerdict, { kind: "renew" }>,
): Promise<RefreshOutcome> {
  switch (verdict.kind) {
    case "raced": {
      const { retryAfterMs } = verdict;
      const message =
        "This refresh token was used a moment ago. Go on with the tokens of that answer; if you did not get it, send the token again after Retry-After, which ends them, and exchange the key again.";
      const error = new EarwitnessError("conflict", message, { retryable: true, retryAfterMs });
      return { kind: "refused", error, closed: [] };
    }
    case "ended":
      return refused(`${ENDED[verdict.why]} Exchange the key again.`);
    case "reused":
      return refused(
        "This refresh token was used before, so every token of its family has been ended. Exchange the key again.",
        await endReused(tx, family),
      );
  }
}

const ENDED = {
  revoked: "These tokens were revoked.",
  expired: "This refresh token has expired.",
  key: "The API key of this token has expired or was revoked.",
} as const;

async function endReused(tx: Repositories, { id, workspaceId, apiKey }: TokenFamilyRecord): Promise<ClosedSession[]> {
  const revoked = await tx.tokenFamilies.revoke({ id }, "reused");
  if (revoked.length === 0) return [];
  await tx.outbox.closeSession(workspaceId, id);
  await tx.audit.append({
    action: "tokens.revoked",
    object: { kind: "tokenFamily", id },
    details: { reason: "reused" },
    workspaceId,
    by: { kind: "apiKey", id: apiKey.id },
  });
  return [{ workspaceId, sessionId: id }];
}

function refused(message: string, closed: readonly ClosedSession[] = []): RefreshOutcome {
  return { kind: "refused", error: new EarwitnessError("unauthenticated", message), closed };
}
