import type { AccountProvider } from "@earwitness/shared";

/** The accounts elsewhere that can let a person in here, in the order in which they are shown. */
export const ACCOUNT_PROVIDERS: readonly AccountProvider[] = ["google", "github"];
