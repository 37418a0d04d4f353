import type { ApiKeyId, Id, Role, SignInMethod, TokenFamilyId, UserId, WorkspaceId } from "@earwitness/shared";
import type { SessionLife } from "../../identity/session-life.ts";

export interface UserRecord {
  readonly id: UserId;
  readonly email: string;
  readonly name: string | null;
  readonly emailVerifiedAt: Date | null;
}

/** Somebody's place in a workspace. */
export interface MembershipRecord {
  readonly workspaceId: WorkspaceId;
  readonly role: Role;
  readonly sees: "all" | "own";
}

export interface UserRepository {
  find(id: UserId): Promise<UserRecord | null>;
  byEmail(email: string): Promise<UserRecord | null>;
  add(user: UserRecord): Promise<void>;
  markVerified(id: UserId, at: Date): Promise<void>;
  /** Holds the user until the transaction ends: what is done once for a user is done by one at a time. */
  lock(id: UserId): Promise<void>;
  /** Where the user works and is not suspended, oldest membership first. */
  memberships(id: UserId): Promise<MembershipRecord[]>;
  /** Whether an invitation to any workspace waits for the address. */
  isInvited(email: string, now: Date): Promise<boolean>;
}

/** A session, found by the token that a request brought. */
export interface SessionRecord extends SessionLife {
  readonly id: Id<"session">;
  readonly user: UserRecord & { readonly suspendedAt: Date | null };
  /** Where they chose to work; null is their oldest membership. */
  readonly workspaceId: WorkspaceId | null;
}

/** A session that is no more, and whose it was. */
export interface RemovedSession {
  readonly id: Id<"session">;
  readonly userId: UserId;
  readonly workspaceId: WorkspaceId | null;
}

/** Sessions and sign-in links, by the SHA-256 of what the browser holds. */
export interface SessionRepository {
  add(session: {
    tokenSha256: string;
    userId: UserId;
    expiresAt: Date;
    method: SignInMethod;
    userAgent: string | null;
    ipAddress: string | null;
  }): Promise<Id<"session">>;
  /** By its token or the one before, whether that still counts or not: see `judgeToken`. */
  byToken(tokenSha256: string): Promise<SessionRecord | null>;
  /** Notes that the session was used just now, by which browser and from where. */
  markSeen(id: Id<"session">): Promise<void>;
  /**
   * Gives the session a new token; the presented one, which was the session's or is the one before already, is from then on the one
   * before. False, changing nothing, where another request has done so since `session` was read.
   */
  renewToken(
    session: SessionRecord,
    tokens: { presentedSha256: string; tokenSha256: string },
    expiresAt: Date,
  ): Promise<boolean>;
  /** Notes that the new token has come back: the one before is good until `previousExpiresAt`. */
  markTokenArrived(id: Id<"session">, previousExpiresAt: Date): Promise<void>;
  /** Has each of the person's sessions get a new token at its next request. Gives their ids. */
  markForRotation(userId: UserId): Promise<Id<"session">[]>;
  setWorkspace(id: Id<"session">, workspaceId: WorkspaceId): Promise<void>;
  /** Ends the session of a token, or of the one before it; null where there is none. */
  remove(tokenSha256: string): Promise<RemovedSession | null>;
  /** Ends sessions of one person's: the one, or all except one where that is given. */
  removeOf(
    userId: UserId,
    which: { readonly only: Id<"session"> } | { readonly except: Id<"session"> | null },
  ): Promise<RemovedSession[]>;
  addSignInToken(token: { identifier: string; tokenSha256: string; expiresAt: Date }): Promise<void>;
  /** Takes a sign-in token out, so that it works once; null when there is none. */
  useSignInToken(identifier: string, tokenSha256: string): Promise<{ expiresAt: Date } | null>;
}

export interface ApiKeyRecord {
  readonly id: ApiKeyId;
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  readonly prefix: string;
  readonly scope: "read" | "write";
  readonly createdAt: Date;
  /** Null: until it is revoked. */
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface ApiKeyRepository {
  add(key: ApiKeyRecord & { keySha256: string; createdBy: UserId | null }): Promise<void>;
  /** Also a revoked one, of any workspace: asked before the actor is known. */
  bySha256(keySha256: string): Promise<ApiKeyRecord | null>;
  markUsed(id: ApiKeyId, at: Date): Promise<void>;
  /** Holds the key until the transaction ends, so that it is not revoked meanwhile; null where there is none. */
  lock(id: ApiKeyId): Promise<ApiKeyRecord | null>;
  /** Gives its name. Revoking twice changes nothing, and then `isFirst` is false. Throws `not_found`. */
  revoke(id: ApiKeyId, at: Date): Promise<{ name: string; isFirst: boolean }>;
}

/** A key's exchange for short-lived tokens, with the key itself. */
export interface TokenFamilyRecord {
  readonly id: TokenFamilyId;
  readonly workspaceId: WorkspaceId;
  /** At most the key's own. */
  readonly scope: "read" | "write";
  /** When its newest refresh token does not work any more. */
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly apiKey: ApiKeyRecord;
}

/** Why a family has ended before its time. */
export type TokenFamilyEnd = "asked" | "reused" | "key_revoked";

export interface TokenFamilyRepository {
  add(family: {
    id: TokenFamilyId;
    workspaceId: WorkspaceId;
    apiKeyId: ApiKeyId;
    scope: "read" | "write";
    expiresAt: Date;
  }): Promise<void>;
  /** Of any workspace: asked before the actor is known. */
  find(id: TokenFamilyId): Promise<TokenFamilyRecord | null>;
  /** By one of its refresh tokens, used or not; `usedAt` tells when that was. */
  byRefreshToken(tokenSha256: string): Promise<{ family: TokenFamilyRecord; usedAt: Date | null } | null>;
  addRefreshToken(
    token: { tokenSha256: string; familyId: TokenFamilyId; workspaceId: WorkspaceId },
    expiresAt: Date,
  ): Promise<void>;
  /** Spends a refresh token; false where it was spent before: of two at once, one gets true. */
  useRefreshToken(tokenSha256: string): Promise<boolean>;
  /** Ends one family, or all of a key's, that have not ended yet. Gives those that it ended. */
  revoke(
    which: { readonly id: TokenFamilyId; readonly apiKeyId?: ApiKeyId } | { readonly apiKeyId: ApiKeyId },
    reason: TokenFamilyEnd,
  ): Promise<TokenFamilyId[]>;
}
