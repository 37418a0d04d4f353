import type { AccountProvider, SignInMethod } from "@earwitness/shared";

/** How people call the identity providers. */
export const PROVIDER_NAMES: Readonly<Record<AccountProvider, string>> = { google: "Google", github: "GitHub" };

/** By what somebody signed in, after "by". */
export const METHOD_NAMES: Readonly<Record<SignInMethod, string>> = { ...PROVIDER_NAMES, email: "a mailed link" };
