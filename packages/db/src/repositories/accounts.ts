import type { AccountRepository } from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import { and, eq, getTableColumns } from "drizzle-orm";
import { accounts, users } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

/** How Auth.js calls the two kinds of provider. */
const TYPES = { google: "oidc", github: "oauth" } as const;

export function accountRepository({ db, newId, clock }: Scope): AccountRepository {
  return {
    async userOf({ provider, providerAccountId }) {
      const [found] = await db
        .select(getTableColumns(users))
        .from(accounts)
        .innerJoin(users, eq(users.id, accounts.userId))
        .where(and(eq(accounts.provider, provider), eq(accounts.providerAccountId, providerAccountId)));
      return found ?? null;
    },
    async add(userId, { provider, providerAccountId }) {
      const type = TYPES[provider];
      const added = await db
        .insert(accounts)
        .values({ id: newId("account"), userId, type, provider, providerAccountId, createdAt: clock.now() })
        .onConflictDoNothing({ target: [accounts.provider, accounts.providerAccountId] })
        .returning({ id: accounts.id });
      if (added.length > 0) return;
      throw new EarwitnessError("conflict", "Somebody signs in by this account already.");
    },
    async remove(userId, provider) {
      const removed = await db
        .delete(accounts)
        .where(and(eq(accounts.userId, userId), eq(accounts.provider, provider)))
        .returning({ id: accounts.id });
      return removed.length > 0;
    },
  };
}
