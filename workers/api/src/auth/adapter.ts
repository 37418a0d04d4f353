import type { Adapter, AdapterUser } from "@auth/core/adapters";
import {
  type ClosedSession,
  type Context,
  endSession,
  openSession,
  type SystemActor,
  sha256Hex,
  type UserRecord,
} from "@earwitness/core";
import { isId, notFound, type UserId } from "@earwitness/shared";

/** What happens here that others have to do with. */
interface SessionEvents {
  onWorkspaceMade(): void;
  onSessionEnded(closed: readonly ClosedSession[]): void;
}

/**
 * Auth.js's tables as ours. Session tokens are hashed on their way in, and the raw one is given back to Auth.js, which puts it
 * into the cookie: the table holds nothing to sign in with. (Auth.js hashes the tokens of sign-in links itself.)
 * A plain object with own functions, because Auth.js wraps `Object.keys(adapter)`.
 */
export function sessionAdapter(ctx: Context<SystemActor>, { onWorkspaceMade, onSessionEnded }: SessionEvents): Adapter {
  return {
    async createUser({ email, name }) {
      const user: UserRecord = { id: ctx.newId("user"), email, name: name ?? null, emailVerifiedAt: ctx.clock.now() };
      await ctx.unitOfWork((tx) => tx.users.add(user));
      return adapterUser(user);
    },
    async getUser(id) {
      const user = isId("user", id) ? await ctx.unitOfWork((tx) => tx.users.find(id)) : null;
      return user && adapterUser(user);
    },
    async getUserByEmail(email) {
      const user = await ctx.unitOfWork((tx) => tx.users.byEmail(email));
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
    async createSession(session) {
      const { workspaceMade } = await openSession(ctx, {
        userId: userIdOf(session.userId),
        tokenSha256: await sha256Hex(session.sessionToken),
        expiresAt: session.expires,
      });
      if (workspaceMade) onWorkspaceMade();
      return session;
    },
    async getSessionAndUser(sessionToken) {
      const tokenSha256 = await sha256Hex(sessionToken);
      const found = await ctx.unitOfWork((tx) => tx.sessions.byToken(tokenSha256));
      if (found === null) return null;
      const session = { sessionToken, userId: found.user.id, expires: found.expiresAt };
      return { session, user: adapterUser(found.user) };
    },
    async updateSession({ sessionToken, expires }) {
      const tokenSha256 = await sha256Hex(sessionToken);
      if (expires) await ctx.unitOfWork((tx) => tx.sessions.extend(tokenSha256, expires));
      return null;
    },
    async deleteSession(sessionToken) {
      const tokenSha256 = await sha256Hex(sessionToken);
      onSessionEnded(await endSession(ctx, tokenSha256));
    },
    async createVerificationToken({ identifier, token, expires }) {
      await ctx.unitOfWork((tx) => tx.sessions.addSignInToken({ identifier, tokenSha256: token, expiresAt: expires }));
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

function userIdOf(id: string): UserId {
  if (!isId("user", id)) throw notFound("The user");
  return id;
}
