import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Auth } from "@auth/core";
import type { Adapter } from "@auth/core/adapters";
import { identifyPersonBySession, systemClock } from "@earwitness/core";
import { connect } from "@earwitness/db/node";
import { migrateDatabase, provisionDatabase, startPostgres, withClient } from "@earwitness/local-postgres";
import { EarwitnessError, newId, uuidOf } from "@earwitness/shared";
import { Pool } from "pg";
import { z } from "zod";
import { MIGRATIONS } from "../../src/paths.ts";
import { hashReadingAdapter } from "../../src/session-tokens/hash-reading-adapter.ts";

const ORIGIN = "https://app.test";
const COOKIE = "__Secure-authjs.session-token";
const DAY_MS = 86_400_000;

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A version of the code that answers requests. */
export interface Version {
  /** Whose session it is, and the token that the answer hands out; null for nobody's. */
  ask(token: string): Promise<{ userId: string; renewed: string | null } | null>;
  signIn(userId: string): Promise<string>;
  signOut(token: string): Promise<void>;
}

/** A database of a deployment that keeps session tokens as they are, with the code before, during and after its migration. */
export async function startRawDeployment() {
  const folder = mkdtempSync(path.join(tmpdir(), "earwitness-session-tokens-"));
  const postgres = await startPostgres({ dataFolder: path.join(folder, "data") });
  const { ownerUrl, appUrl } = await provisionDatabase(postgres.url("postgres", "postgres"), "raw_tokens");
  await migrateDatabase(ownerUrl, MIGRATIONS);
  await withClient(ownerUrl, async (client) => {
    await client.query(`alter table sessions drop column token_sha256, add column session_token text not null unique`);
  });
  const pool = new Pool({ connectionString: appUrl, max: 8 });
  // Connections that the server ends when it stops are no failure of anything.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const database = connect(appUrl);
  return {
    ownerUrl,
    /** The same database as the server's superuser, who may look at its files. */
    adminUrl: postgres.url("raw_tokens", "postgres"),
    pool,
    versions: {
      raw: authJs(rawAdapter(pool)),
      between: authJs(hashReadingAdapter(rawAdapter(pool), byColumn(pool, "token_sha256"))),
      product: product(database, pool),
    },
    async aUser(): Promise<string> {
      const id = uuidOf(newId("user"));
      await pool.query("insert into users (id, email) values ($1, $2)", [id, `${id}@test.example`]);
      return id;
    },
    async stop() {
      await pool.end();
      await database.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type RawDeployment = Awaited<ReturnType<typeof startRawDeployment>>;

/** Sessions by a column, asked as an adapter of Auth.js asks. */
function byColumn(pool: Pool, column: "session_token" | "token_sha256") {
  return {
    async getSessionAndUser(value: string) {
      const { rows } = await pool.query<{ id: string; email: string; expires_at: Date }>(
        `select users.id, email, expires_at from sessions join users on users.id = user_id where ${column} = $1`,
        [value],
      );
      const [row] = rows;
      if (row === undefined) return null;
      return {
        session: { sessionToken: value, userId: row.id, expires: row.expires_at },
        user: { id: row.id, email: row.email, emailVerified: null },
      };
    },
    async updateSession({ sessionToken, expires }: { sessionToken: string; expires?: Date }) {
      await pool.query(`update sessions set expires_at = coalesce($2, expires_at) where ${column} = $1`, [
        sessionToken,
        expires,
      ]);
      return null;
    },
    async deleteSession(value: string) {
      await pool.query(`delete from sessions where ${column} = $1`, [value]);
    },
  };
}

/** What Auth.js's own adapters do: the token goes into the table as it is in the cookie. */
function rawAdapter(pool: Pool) {
  return {
    ...byColumn(pool, "session_token"),
    async createSession(session: { sessionToken: string; userId: string; expires: Date }) {
      await pool.query("insert into sessions (id, session_token, user_id, expires_at) values ($1, $2, $3, $4)", [
        randomUUID(),
        session.sessionToken,
        session.userId,
        session.expires,
      ]);
      return session;
    },
  };
}

const Session = z.object({ user: z.object({ id: z.string() }) }).nullable();

/** Auth.js itself over an adapter: a request is answered by `GET /auth/session`, as its own client asks. */
function authJs(adapter: ReturnType<typeof rawAdapter>): Version {
  const full: Adapter = {
    ...adapter,
    createVerificationToken: async () => null,
    useVerificationToken: async () => null,
    getUserByEmail: async () => null,
  };
  return {
    async ask(token) {
      const request = new Request(`${ORIGIN}/auth/session`, { headers: { cookie: `${COOKIE}=${token}` } });
      const response = await Auth(request, {
        adapter: full,
        basePath: "/auth",
        secret: "a-secret-of-the-tests-with-32-characters",
        trustHost: true,
        useSecureCookies: true,
        session: { strategy: "database" },
        providers: [
          { id: "email", type: "email", name: "E-mail", options: {}, sendVerificationRequest: async () => {} },
        ],
        callbacks: {
          session: ({ user, session }) => ({ user: { id: user.id }, expires: session.expires.toISOString() }),
        },
      });
      if (!response.ok) throw new Error(`Auth.js answered ${response.status}`);
      const session = Session.parse(await response.json());
      return session && { userId: session.user.id, renewed: null };
    },
    async signIn(userId) {
      const sessionToken = randomBytes(32).toString("hex");
      await adapter.createSession({ sessionToken, userId, expires: new Date(Date.now() + 30 * DAY_MS) });
      return sessionToken;
    },
    async signOut(token) {
      await adapter.deleteSession(token);
    },
  };
}

/** The product's own verbs. */
function product(database: ReturnType<typeof connect>, pool: Pool): Version {
  const log = { info() {}, warn() {}, error() {} };
  const visitor = { kind: "visitor" } as const;
  const ctx = { clock: systemClock, random: Math.random, newId, log };
  return {
    async ask(token) {
      try {
        const unitOfWork = database.unitOfWork(visitor);
        const presented = { token, canRenew: true };
        const { actor, renewed } = await identifyPersonBySession({ ...ctx, actor: visitor, unitOfWork }, presented);
        return { userId: uuidOf(actor.userId), renewed: renewed?.token ?? null };
      } catch (error) {
        if (error instanceof EarwitnessError && error.code === "unauthenticated") return null;
        throw error;
      }
    },
    async signIn(userId) {
      const token = randomBytes(32).toString("hex");
      const values = [randomUUID(), sha256(token), userId, new Date(Date.now() + 30 * DAY_MS)];
      await pool.query("insert into sessions (id, token_sha256, user_id, expires_at) values ($1, $2, $3, $4)", values);
      return token;
    },
    async signOut(token) {
      await database.unitOfWork({ kind: "system", reason: "test" })((tx) => tx.sessions.remove(sha256(token)));
    },
  };
}
