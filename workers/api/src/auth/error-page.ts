/**
 * Why a sign-in came to nothing, as the web's error page knows it. `AccountNotLinked`: the address belongs to somebody who signs
 * in another way. `AccountTaken`: the account that was to be linked is another person's. `Expired`: this browser has not asked, or
 * too long ago. `ProviderFailed`: the provider gave no answer, or one that cannot be trusted.
 */
export type SignInError =
  | "AccountNotLinked"
  | "AccountTaken"
  | "Cancelled"
  | "EmailNotVerified"
  | "Expired"
  | "NotInvited"
  | "ProviderFailed"
  | "Unavailable";

/** The page that says in plain words why a sign-in came to nothing. */
export function errorPage(appOrigin: string, error: SignInError, provider: string, isLinking = false): string {
  const query = new URLSearchParams({ error, provider, ...(isLinking && { linking: "1" }) });
  return `${appOrigin}/login/error?${query}`;
}
