import type { NumberId, Role, UserId, WorkspaceId } from "@earwitness/shared";

/** Somebody in a workspace. */
export interface MemberRecord {
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId;
  readonly email: string;
  readonly name: string | null;
  readonly role: Role;
  /** They may do nothing while it is set. */
  readonly suspendedAt: Date | null;
  /** Rises with each change of what they are or where they answer. */
  readonly version: number;
}

export type Membership = Pick<MemberRecord, "workspaceId" | "userId">;

/** Who is in a workspace. Its verbs lock the workspace first: of two who change it at once, the second sees what the first did. */
export interface MemberRepository {
  /** Null where they are not in it. */
  find(member: Membership): Promise<MemberRecord | null>;
  /** By their address, whatever its case; null where nobody of the workspace has it. */
  byEmail(workspaceId: WorkspaceId, email: string): Promise<MemberRecord | null>;
  /** Whose phone it is (E.164); those who are suspended left out. */
  withPhone(workspaceId: WorkspaceId, phone: string): Promise<UserId[]>;
  withRole(workspaceId: WorkspaceId, role: Role): Promise<MemberRecord[]>;
  change(member: Membership, changes: { role?: Role; suspendedAt?: Date | null }): Promise<void>;
  /** Takes them out, with the numbers at which they answer. */
  remove(member: Membership): Promise<void>;
  /** The numbers at which they answer. */
  numbersOf(member: Membership): Promise<NumberId[]>;
  /** Has them answer at these numbers and no other. Throws `not_found` for one that is not the workspace's. */
  setNumbers(member: Membership, numberIds: readonly NumberId[]): Promise<void>;
}
