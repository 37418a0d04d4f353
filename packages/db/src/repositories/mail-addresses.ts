import type { MailAddressRepository } from "@earwitness/core";
import { and, eq, lt, lte, ne, sql } from "drizzle-orm";
import { mailSuppressions, mailUnsubscribes } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function mailAddressRepository({ db }: Scope): MailAddressRepository {
  return {
    async suppression(address) {
      const [found] = await db.select().from(mailSuppressions).where(eq(mailSuppressions.address, address));
      return found ?? null;
    },
    async suppress(address, suppression) {
      const later = sql`${mailSuppressions.reason} <> 'complained' and ${mailSuppressions.at} <= ${suppression.at.toISOString()}`;
      await db
        .insert(mailSuppressions)
        .values({ address, ...suppression })
        .onConflictDoUpdate({
          target: mailSuppressions.address,
          set: suppression,
          setWhere: later,
        });
    },
    async markTried(address, at) {
      await db
        .update(mailSuppressions)
        .set({ at })
        .where(and(eq(mailSuppressions.address, address), lt(mailSuppressions.at, at)));
    },
    async lift(address, at) {
      await db
        .delete(mailSuppressions)
        .where(
          and(
            eq(mailSuppressions.address, address),
            ne(mailSuppressions.reason, "complained"),
            lte(mailSuppressions.at, at),
          ),
        );
    },
    async unwanted(address) {
      const rows = await db
        .select({ kind: mailUnsubscribes.kind })
        .from(mailUnsubscribes)
        .where(eq(mailUnsubscribes.address, address));
      return rows.map(({ kind }) => kind);
    },
    async setWanted(address, kind, isWanted, at) {
      if (!isWanted) {
        await db.insert(mailUnsubscribes).values({ address, kind, at }).onConflictDoNothing();
        return;
      }
      await db
        .delete(mailUnsubscribes)
        .where(and(eq(mailUnsubscribes.address, address), eq(mailUnsubscribes.kind, kind)));
    },
  };
}
