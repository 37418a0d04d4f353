import type { InvitationId, Role, UserId, WorkspaceId } from "@earwitness/shared";

/** A place in a workspace that waits for who has the address. */
export interface InvitationRecord {
  readonly id: InvitationId;
  readonly workspaceId: WorkspaceId;
  /** In lower case. */
  readonly email: string;
  readonly role: Role;
  /** Of the link in the newest mail: no earlier one works. */
  readonly tokenSha256: string;
  /** Null for somebody who is no more. */
  readonly invitedBy: UserId | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface InvitationRepository {
  /** Throws `not_found`. */
  find(id: InvitationId): Promise<InvitationRecord>;
  /** Of whichever workspace: the token is all that its holder knows. Null where there is none. */
  byToken(tokenSha256: string): Promise<InvitationRecord | null>;
  /** The one for the address that was neither accepted nor revoked, be it in time or too late. */
  openFor(workspaceId: WorkspaceId, email: string): Promise<InvitationRecord | null>;
  /** How many of the workspace's were neither accepted nor revoked. */
  countOpen(workspaceId: WorkspaceId): Promise<number>;
  /** Writes all of it, whether it was there or not. */
  save(invitation: InvitationRecord): Promise<void>;
}
