import type { PersonActor } from "@earwitness/core";
import type { SessionView } from "@earwitness/shared";
import { and, desc, eq, gt, sql } from "drizzle-orm";
import { sessions } from "../schema/index.ts";
import type { Scope } from "../scope.ts";
import { instant } from "./call-summary.ts";

/** More browsers than anybody tells apart; signing out everywhere ends the others too. */
const MOST_SESSIONS = 100;

/** The person's own living sessions, the one used last first. */
export async function listSessions(
  { db, clock }: Scope,
  { userId, sessionId }: Pick<PersonActor, "userId" | "sessionId">,
): Promise<SessionView[]> {
  const rows = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, clock.now())))
    .orderBy(desc(sql`coalesce(${sessions.lastSeenAt}, ${sessions.createdAt})`), desc(sessions.id))
    .limit(MOST_SESSIONS);
  return rows.map((row) => ({
    id: row.id,
    isCurrent: row.id === sessionId,
    method: row.method,
    userAgent: row.userAgent,
    ipAddress: row.ipAddress,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: instant(row.lastSeenAt),
    expiresAt: row.expiresAt.toISOString(),
  }));
}
