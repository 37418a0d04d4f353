import type { Adapter, AdapterUser } from "@auth/core/adapters";
import {
  type AccountIdentity,
  type ClosedSession,
  type Context,
  endSession,
  judgeToken,
  linkAccount,
  type OpenSession,
  openSession,
  type SystemActor,
  sha256Hex,
  type UserRecord,
} from "@earwitness/core";
import { AccountProvider, isId, notFound, type UserId } from "@earwitness/shared";

/** What one sign-in is about, which Auth.js does not tell its adapter, and what happens here that others have to do with. */
export interface Signing extends Pick<OpenSession, "method" | "userAgent" | "ipAddress" | "signUp"> {
  /** Has the link mailed whose token has this hash. */
  onLinkAsked(asked: { email: string; tokenSha256: string; expiresAt: Date }): Promise<void>;
  onWorkspaceMade(): void;
  onSessionEnded(closed: readonly ClosedSession[]): void;
}

/**
 * Auth.js's tables as ours. Session tokens are hashed on their way in, and the raw one is given back to Auth.js, which puts it
 * into the cookie: the table holds nothing to sign in with. (Auth.js hashes the tokens of sign-in links itself.) Somebody new is
 * held back until their session is opened: user, account and session are written together or not at all.
 * A plain object with own functions, because Auth.js wraps `Object.keys(adapter)`. Made for one request.
 */
export function sessionAdapter(ctx: Context<SystemActor>, signing: Signing): Adapter {
  let newcomer: UserRecord | null = null;
  let newAccount: AccountIdentity | null = null;

  return {
    async createUser({ email, name }) {
      newcomer = { id: ctx.newId("user"), email, name: name ?? null, emailVerifiedAt: ctx.clock.now() };
      return adapterUser(newcomer);
    },
    async getUser(id) {
      const user = isId("user", id) ? await ctx.unitOfWork((tx) => tx.users.find(id)) : null;
      return user && adapterUser(user);
    },
    async getUserByEmail(email) {
      const user = await ctx.unitOfWork((tx) => tx.users.byEmail(email));
      return user && adapterUser(user);
    },
    async getUserByAccount(account) {
      const identity = identityOf(account);
      const user = identity && (await ctx.unitOfWork((tx) => tx.accounts.userOf(identity)));
      return user && adapterUser(user);
    },
    /** Auth.js changes one thing of a user who signs in by e-mail: that the address is proven (again). */
    async updateUser({ id, emailVerified }) {
      const userId = userIdOf(id);
      return ctx.unitOfWork(async (tx) => {
        if (emailVerified) await tx.users.markVerified(userId, emailVerified);
        const user = await tx.users.find(userId);
        if (user === null) throw notFound("The user");
        return adapterUser(user);
      });
    },
    async linkAccount(account) {
      const identity = identityOf(account);
      if (identity === null) return;
      if (account.userId === newcomer?.id) newAccount = identity;
      else await linkAccount(ctx, userIdOf(account.userId), identity);
    },
    async createSession(session) {
      const userId = userIdOf(session.userId);
      const { method, userAgent, ipAddress, signUp } = signing;
      const { workspaceMade } = await openSession(ctx, {
        user: newcomer?.id === userId ? { add: newcomer } : { id: userId },
        account: newAccount,
        tokenSha256: await sha256Hex(session.sessionToken),
        expiresAt: session.expires,
        method,
        userAgent,
        ipAddress,
        signUp,
      });
      if (workspaceMade) signing.onWorkspaceMade();
      return session;
    },
    async getSessionAndUser(sessionToken) {
      const tokenSha256 = await sha256Hex(sessionToken);
      const found = await ctx.unitOfWork((tx) => tx.sessions.byToken(tokenSha256));
      if (found === null || judgeToken(found, ctx.clock.now(), { canRenew: false }) === "ended") return null;
      const session = { sessionToken, userId: found.user.id, expires: found.expiresAt };
      return { session, user: adapterUser(found.user) };
    },
    /** A session is extended where requests are identified, with a new token. */
    updateSession: async () => null,
    async deleteSession(sessionToken) {
      const tokenSha256 = await sha256Hex(sessionToken);
      signing.onSessionEnded(await endSession(ctx, tokenSha256));
    },
    async createVerificationToken({ identifier, token, expires }) {
      await signing.onLinkAsked({ email: identifier, tokenSha256: token, expiresAt: expires });
      return null;
    },
    async useVerificationToken({ identifier, token }) {
      const used = await ctx.unitOfWork((tx) => tx.sessions.useSignInToken(identifier, token));
      return used && { identifier, token, expires: used.expiresAt };
    },
  };
}

function adapterUser({ id, email, name, emailVerifiedAt }: UserRecord): AdapterUser {
  return { id, email, name, emailVerified: emailVerifiedAt };
}

/** null for an account of another kind: one signs in by e-mail without any. */
function identityOf({ provider, providerAccountId }: { provider: string; providerAccountId: string }) {
  const known = AccountProvider.safeParse(provider);
  return known.success ? { provider: known.data, providerAccountId } : null;
}

function userIdOf(id: string): UserId {
  if (!isId("user", id)) throw notFound("The user");
  return id;
}
