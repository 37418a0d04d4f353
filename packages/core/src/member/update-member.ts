import { EarwitnessError, type NumberId, type Role, type UserId } from "@earwitness/shared";
import type { Context, UserActor } from "../context.ts";
import type { ClosedSession } from "../identity/end-session.ts";
import { authorize } from "../identity/permissions.ts";
import { renewRights } from "../identity/renew-rights.ts";
import type { MemberRecord, Repositories } from "../ports/repositories/index.ts";
import { findMember, keepAnOwner, lockWorkspace } from "./lock-workspace.ts";

/** What is left out stays. */
export interface MemberChanges {
  readonly role?: Role | undefined;
  readonly suspended?: boolean | undefined;
  /** The numbers at which they answer, whose calls an agent sees. */
  readonly numberIds?: readonly NumberId[] | undefined;
}

/**
 * Changes what somebody is and may in the workspace; their sessions get new tokens and their live sockets come back, and are given
 * for who wants that at once. What is so already changes nothing. Throws `not_found`, `forbidden` for who may not, also for an
 * owner's place where the actor is none, `precondition_failed` where `mayChange` does not hold for the member's version, and
 * `conflict` where the workspace would be left without an owner.
 */
export async function updateMember(
  ctx: Context<UserActor>,
  userId: UserId,
  wished: MemberChanges,
  mayChange: (version: number) => boolean = () => true,
): Promise<ClosedSession[]> {
  return ctx.unitOfWork(async (tx) => {
    const actor = await lockWorkspace(tx, ctx.actor);
    authorize(actor, "members:manage");
    const member = await findMember(tx, actor, userId);
    if (!mayChange(member.version)) {
      throw new EarwitnessError(
        "precondition_failed",
        "The person was changed since you loaded them. Load them again.",
      );
    }
    if (member.role === "owner" || wished.role === "owner") authorize(actor, "owners:manage");
    if (wished.suspended === true && userId === actor.userId) {
      throw new EarwitnessError("conflict", "You cannot suspend yourself. Leave the workspace instead.");
    }
    const changes = {
      ...(await changedPlace(ctx, tx, member, wished)),
      ...(await changedNumbers(tx, member, wished.numberIds)),
    };
    if (Object.keys(changes).length === 0) return [];
    const renewed = await renewRights(tx, member);
    await tx.outbox.tellWorkspace(actor.workspaceId, "me");
    await tx.outbox.tellWorkspace(actor.workspaceId);
    await tx.audit.append({ action: "member.changed", object: { kind: "user", id: userId }, details: changes });
    return renewed;
  });
}

/** What was changed, for the log. */
type Changes = Record<string, { before: unknown; after: unknown }>;

async function changedPlace(
  ctx: Pick<Context, "clock">,
  tx: Pick<Repositories, "members">,
  member: MemberRecord,
  { role = member.role, suspended = member.suspendedAt !== null }: MemberChanges,
): Promise<Changes> {
  const wasSuspended = member.suspendedAt !== null;
  const changes: Changes = {
    ...(role === member.role ? {} : { role: { before: member.role, after: role } }),
    ...(suspended === wasSuspended ? {} : { suspended: { before: wasSuspended, after: suspended } }),
  };
  if (Object.keys(changes).length === 0) return changes;
  const isActing = member.role === "owner" && !wasSuspended;
  if (isActing && (role !== "owner" || suspended)) await keepAnOwner(tx, member);
  const suspendedAt = suspended ? (member.suspendedAt ?? ctx.clock.now()) : null;
  await tx.members.change(member, { role, suspendedAt });
  return changes;
}

async function changedNumbers(
  tx: Pick<Repositories, "members">,
  member: MemberRecord,
  wished: readonly NumberId[] | undefined,
): Promise<Changes> {
  if (wished === undefined) return {};
  const before = (await tx.members.numbersOf(member)).toSorted();
  const after = [...new Set(wished)].toSorted();
  if (before.join() === after.join()) return {};
  await tx.members.setNumbers(member, after);
  return { numberIds: { before, after } };
}
