import type { Provider } from "@auth/core/providers";
import type { AccountProvider } from "@earwitness/shared";
import type { Env } from "../../env.ts";
import { github } from "./github.ts";
import { google } from "./google.ts";

/** The identity providers that this deployment is registered with: those whose id and secret are set. */
export function offeredProviders(env: Env): { name: AccountProvider; make: () => Provider }[] {
  const offered: { name: AccountProvider; make: () => Provider }[] = [];
  if (env.GOOGLE_CLIENT_ID && env.GOOGLE_CLIENT_SECRET) offered.push({ name: "google", make: () => google(env) });
  if (env.GITHUB_CLIENT_ID && env.GITHUB_CLIENT_SECRET) offered.push({ name: "github", make: () => github(env) });
  return offered;
}
