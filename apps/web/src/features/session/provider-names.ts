import type { AccountProvider } from "@earwitness/shared";

/** How people call the identity providers. */
export const PROVIDER_NAMES: Readonly<Record<AccountProvider, string>> = { google: "Google", github: "GitHub" };
