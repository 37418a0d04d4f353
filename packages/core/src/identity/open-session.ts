import { EarwitnessError, type Id, notFound, type SignInMethod, type UserId } from "@earwitness/shared";
import { inLogOrder } from "../audit/in-log-order.ts";
import type { Context, SystemActor } from "../context.ts";
import type { AccountIdentity, Repositories, UserRecord } from "../ports/repositories/index.ts";
import { createWorkspaceForUser } from "../workspace/create-workspace.ts";
import { entranceOf, type SignUp } from "./sign-in-policy.ts";

export interface OpenSession {
  /** Who signs in; somebody new comes into being with the session. */
  readonly user: { readonly id: UserId } | { readonly add: UserRecord };
  /** The identity by which somebody new came, linked to them. */
  readonly account: AccountIdentity | null;
  readonly method: SignInMethod;
  readonly tokenSha256: string;
  readonly expiresAt: Date;
  /** The browser, as a list of devices shows it. */
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
  readonly signUp: SignUp;
}

/**
 * Opens a session for someone whose address is proven, and makes what is not there yet in the same transaction: the user, the
 * account at a provider, a first workspace for who belongs nowhere and is not awaited anywhere. The user is locked meanwhile:
 * two first sign-ins at once make one workspace. Throws `forbidden` for who may not sign in.
 */
export async function openSession(
  ctx: Context<SystemActor>,
  input: OpenSession,
): Promise<{ sessionId: Id<"session">; workspaceMade: boolean }> {
  return ctx.unitOfWork(async (tx) => {
    const user = await userOf(tx, input);
    const now = ctx.clock.now();
    const entrance = await entranceOf(tx, input.signUp, { userId: user.id, email: user.email, now });
    if (entrance.kind === "refused") {
      throw new EarwitnessError("forbidden", "You have not been invited. Ask somebody of the workspace to invite you.");
    }
    if (entrance.kind === "founder") await createWorkspaceForUser(ctx, tx, user);
    if (input.account !== null) await tx.accounts.add(user.id, input.account);
    const { method, tokenSha256, expiresAt, userAgent, ipAddress } = input;
    const session = { userId: user.id, tokenSha256, expiresAt, method, userAgent, ipAddress };
    const sessionId = await tx.sessions.add(session);
    for (const { workspaceId } of inLogOrder(await tx.users.memberships(user.id))) {
      await tx.audit.append({
        action: "session.opened",
        object: { kind: "session", id: sessionId },
        details: { method },
        workspaceId,
        by: { kind: "user", id: user.id },
      });
    }
    return { sessionId, workspaceMade: entrance.kind === "founder" };
  });
}

async function userOf(tx: Pick<Repositories, "users">, { user }: OpenSession): Promise<UserRecord> {
  if ("add" in user) {
    await tx.users.add(user.add);
    return user.add;
  }
  await tx.users.lock(user.id);
  const found = await tx.users.find(user.id);
  if (found === null) throw notFound("The user");
  return found;
}
