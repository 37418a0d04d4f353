import { accounts, users } from "@earwitness/db/schema";
import { eq } from "drizzle-orm";
import { APP_ORIGIN } from "./app-origin.ts";
import { readRows } from "./database.ts";
import type { Account } from "./identity-provider.ts";

export const PROVIDERS = ["google", "github"] as const;

/** A person as a provider knows them, whom nobody here has seen. */
export const somebody = (changed: Partial<Account> = {}): Account => ({
  id: String(1 + Math.floor(Math.random() * 1e14)),
  name: "Ana Ruiz",
  email: `ana-${crypto.randomUUID()}@northgate.example`,
  ...changed,
});

/** Where a sign-in that failed leads to. */
export const errorPage = (error: string, provider: string, linking = "") =>
  `${APP_ORIGIN}/login/error?error=${error}&provider=${provider}${linking}`;

/** The providers' accounts of whoever has the address here. */
export const accountsOf = (email: string) =>
  readRows(({ db }) =>
    db
      .select({ provider: accounts.provider, user: users.id, verifiedAt: users.emailVerifiedAt })
      .from(users)
      .leftJoin(accounts, eq(accounts.userId, users.id))
      .where(eq(users.email, email)),
  );
