import { createHash } from "node:crypto";

/** What of an Auth.js adapter is about a session's token. */
interface TokenReaders<S> {
  getSessionAndUser(token: string): Promise<S | null>;
  updateSession(session: { sessionToken: string; expires?: Date }): Promise<unknown>;
  deleteSession(token: string): Promise<unknown>;
}

/**
 * The deployment in between: a deployment's own Auth.js adapter, which from here on finds sessions by the hash of their token and
 * still opens them with the raw one, so that the version that it takes the place of knows them too. `byHash` is the same three
 * questions, asked by the hash column. It accepts no hash as a token, and no raw token by the raw column.
 */
export function hashReadingAdapter<S extends { session: { sessionToken: string } }, A extends Partial<TokenReaders<S>>>(
  adapter: A,
  byHash: TokenReaders<S>,
): A & TokenReaders<S> {
  return {
    ...adapter,
    async getSessionAndUser(token) {
      const found = await byHash.getSessionAndUser(sha256(token));
      // Auth.js puts the session's token into the cookie: it must be the browser's own.
      return found && { ...found, session: { ...found.session, sessionToken: token } };
    },
    updateSession: ({ sessionToken, ...rest }) => byHash.updateSession({ sessionToken: sha256(sessionToken), ...rest }),
    deleteSession: (token) => byHash.deleteSession(sha256(token)),
  };
}

function sha256(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
