import type { AccountProvider } from "@earwitness/shared";
import { queryOptions } from "@tanstack/react-query";
import { ACCOUNT_PROVIDERS } from "./account-providers.ts";
import { command, request } from "./request.ts";

/** The ways of signing in that this deployment offers besides the mailed link. */
export const providersQuery = queryOptions({
  queryKey: ["providers"],
  queryFn: ({ signal }) =>
    request({ base: "/auth", path: "/providers", signal, returns: () => ({ parse: readProviders }) }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Begins to link an account; gives the address of the provider's page, where the person agrees. */
export function linkAccount(provider: AccountProvider): Promise<string> {
  return request({
    base: "/auth",
    path: `/link/${provider}`,
    method: "POST",
    returns: () => ({ parse: readAddress }),
  });
}

/** Takes an account away from the ways in. */
export function unlinkAccount(provider: AccountProvider): Promise<void> {
  return command({ path: `/me/accounts/${provider}`, method: "DELETE" });
}

function readProviders(answer: unknown): AccountProvider[] {
  const named = typeof answer === "object" && answer !== null && "providers" in answer ? answer.providers : null;
  if (!Array.isArray(named)) throw new TypeError("No list of providers.");
  return ACCOUNT_PROVIDERS.filter((provider) => named.includes(provider));
}

function readAddress(answer: unknown): string {
  const url = typeof answer === "object" && answer !== null && "url" in answer ? answer.url : null;
  // It is gone to: nothing but a page of the web is.
  if (typeof url !== "string" || !/^https?:\/\//.test(url)) throw new TypeError("No address of a provider's page.");
  return url;
}
