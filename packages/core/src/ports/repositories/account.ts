import type { AccountProvider, UserId } from "@earwitness/shared";
import type { UserRecord } from "./identity.ts";

/** Somebody at an identity provider. The id is the provider's own, which stays when the address changes. */
export interface AccountIdentity {
  readonly provider: AccountProvider;
  readonly providerAccountId: string;
}

/** By which identities people sign in. No token of a provider's is ever kept. */
export interface AccountRepository {
  /** Whose identity it is; null for nobody's. */
  userOf(account: AccountIdentity): Promise<UserRecord | null>;
  /** Throws `conflict` when it is somebody's already. */
  add(userId: UserId, account: AccountIdentity): Promise<void>;
  /** False where there was none. */
  remove(userId: UserId, provider: AccountProvider): Promise<boolean>;
}
