import type { ApiKeyId, Id, newId, Role, TokenFamilyId, UserId, WorkspaceId } from "@earwitness/shared";
import type { Clock } from "./ports/clock.ts";
import type { Log } from "./ports/log.ts";
import type { UnitOfWork } from "./ports/unit-of-work.ts";

/** A person who is signed in, acting in one workspace. */
export interface UserActor {
  readonly kind: "user";
  readonly userId: UserId;
  readonly workspaceId: WorkspaceId;
  readonly role: Role;
  /** `own`: an agent in a workspace whose agents see only the calls that they had to do with. */
  readonly sees: "all" | "own";
  /** The session by which they came. */
  readonly sessionId: Id<"session">;
}

/** A program of a customer's, by its API key. */
export interface ApiKeyActor {
  readonly kind: "apiKey";
  readonly keyId: ApiKeyId;
  readonly workspaceId: WorkspaceId;
  readonly scope: "read" | "write";
  /** The exchange by whose access token they came; left out where the key itself was sent. */
  readonly familyId?: TokenFamilyId;
  /** When the key, or its exchange, ends by itself; left out for never. */
  readonly expiresAt?: Date;
}

/** Ourselves, for every workspace: queue consumers and cron. `reason` is for the log. */
export interface SystemActor {
  readonly kind: "system";
  readonly reason: string;
}

/** A person who is signed in, wherever they act: they may belong to no workspace (any more). Sees what a visitor sees. */
export interface PersonActor {
  readonly kind: "person";
  readonly userId: UserId;
  readonly sessionId: Id<"session">;
}

/** Someone who is not known yet: sees who may sign in, and nothing of any workspace. */
export interface VisitorActor {
  readonly kind: "visitor";
}

/** Where a request came from, for the audit log. Null parts are not known. */
export interface RequestOrigin {
  readonly requestId: string | null;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

export type WorkspaceActor = UserActor | ApiKeyActor;
/** Who causes a change or asks a question. */
export type Actor = WorkspaceActor | PersonActor | SystemActor | VisitorActor;

/**
 * What a verb may touch besides its arguments. Time, randomness and ids come in here, so that a test can hold them still;
 * everything it changes goes through `unitOfWork`, which acts as `actor` and no one else.
 */
export interface Context<A extends Actor = Actor> {
  readonly actor: A;
  readonly clock: Clock;
  /** At least 0, below 1. */
  readonly random: () => number;
  readonly newId: typeof newId;
  readonly log: Log;
  readonly unitOfWork: UnitOfWork;
}
