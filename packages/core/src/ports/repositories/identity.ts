import type { ApiKeyId, Id, UserId, WorkspaceId } from "@earwitness/shared";
import type { Role } from "../../identity/role.ts";

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
  /** Where the user works, oldest membership first. */
  memberships(id: UserId): Promise<MembershipRecord[]>;
}

/** Sessions and sign-in links, by the SHA-256 of what the browser holds. */
export interface SessionRepository {
  add(session: { tokenSha256: string; userId: UserId; expiresAt: Date }): Promise<void>;
  byToken(tokenSha256: string): Promise<{ id: Id<"session">; user: UserRecord; expiresAt: Date } | null>;
  extend(tokenSha256: string, expiresAt: Date): Promise<void>;
  /** Gives the session that is no more; null where there was none. */
  remove(tokenSha256: string): Promise<{ id: Id<"session">; userId: UserId } | null>;
  addSignInToken(token: { identifier: string; tokenSha256: string; expiresAt: Date }): Promise<void>;
  /** Takes a sign-in token out, so that it works once; null when there is none. */
  useSignInToken(identifier: string, tokenSha256: string): Promise<{ expiresAt: Date } | null>;
  /** Forgets sessions and sign-in tokens that expired before. */
  removeExpired(before: Date): Promise<void>;
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
  /** Revoking twice changes nothing. Throws `not_found`. */
  revoke(id: ApiKeyId, at: Date): Promise<void>;
}
