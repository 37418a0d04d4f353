import type { AccountProvider } from "../../api/accounts.ts";

/** How people call the identity providers. */
export const PROVIDER_NAMES: Readonly<Record<AccountProvider, string>> = { google: "Google", github: "GitHub" };
