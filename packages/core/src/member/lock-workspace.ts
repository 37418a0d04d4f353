import { EarwitnessError, notFound, type UserId } from "@earwitness/shared";
import type { UserActor } from "../context.ts";
import type { MemberRecord, Repositories } from "../ports/repositories/index.ts";

/**
 * Holds the actor's workspace until the transaction ends, and gives the actor as they are in it now: of two who change each
 * other's place at once, the second acts with what the first has left them. Throws `forbidden` for who is not in it any more.
 */
export async function lockWorkspace(
  tx: Pick<Repositories, "workspaces" | "members">,
  actor: UserActor,
): Promise<UserActor> {
  await tx.workspaces.lock(actor.workspaceId);
  const self = await tx.members.find(actor);
  if (self === null || self.suspendedAt !== null) {
    throw new EarwitnessError(
      "forbidden",
      "You do not belong to this workspace any more. Ask its owner to invite you.",
    );
  }
  return { ...actor, role: self.role };
}

/** Somebody of the actor's workspace. Throws `not_found`. */
export async function findMember(
  tx: Pick<Repositories, "members">,
  { workspaceId }: Pick<UserActor, "workspaceId">,
  userId: UserId,
): Promise<MemberRecord> {
  const member = await tx.members.find({ workspaceId, userId });
  if (member === null) throw notFound("The person");
  return member;
}

/** Throws `conflict` where nobody but `leaving` owns the workspace and may act. */
export async function keepAnOwner(tx: Pick<Repositories, "members">, leaving: MemberRecord): Promise<void> {
  const owners = await tx.members.withRole(leaving.workspaceId, "owner");
  const others = owners.filter(({ userId, suspendedAt }) => userId !== leaving.userId && suspendedAt === null);
  if (others.length > 0) return;
  throw new EarwitnessError(
    "conflict",
    "The workspace would be left without an owner. Make somebody else its owner first.",
  );
}
