import type { UserId } from "@earwitness/shared";
import type { Repositories } from "../ports/repositories/index.ts";

/**
 * Who may sign in besides those who belong to a workspace. `open`: everybody whose address is proven, and a newcomer gets a
 * workspace of their own. `invited`: those for whose address an invitation waits; and whoever comes first of all, to own the
 * deployment's first workspace.
 */
export type SignUp = "open" | "invited";

/** What becomes of somebody whose address is proven. */
export type Entrance =
  | { readonly kind: "member" }
  /** They belong nowhere, and get a workspace of their own. */
  | { readonly kind: "founder" }
  /** They belong nowhere yet: an invitation waits for them to accept it. */
  | { readonly kind: "invited" }
  | { readonly kind: "refused" };

/**
 * Decides what becomes of `email`, whose owner is `userId` or nobody yet. Where nobody has a workspace, it holds the others who
 * are about to found one until the transaction ends: only one comes first.
 */
export async function entranceOf(
  tx: Pick<Repositories, "users" | "workspaces">,
  signUp: SignUp,
  { userId, email, now }: { userId: UserId | null; email: string; now: Date },
): Promise<Entrance> {
  if (userId !== null && (await tx.users.memberships(userId)).length > 0) return { kind: "member" };
  if (await tx.users.isInvited(email, now)) return { kind: "invited" };
  if (signUp === "open" || (await tx.workspaces.noneYet())) return { kind: "founder" };
  return { kind: "refused" };
}
