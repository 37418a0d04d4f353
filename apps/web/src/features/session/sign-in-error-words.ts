import { ACCOUNT_PROVIDERS } from "../../api/account-providers.ts";
import { PROVIDER_NAMES } from "./provider-names.ts";

/** Why a sign-in or a linking came to nothing, what that means, and what to do. */
export interface SignInErrorWords {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly href: string;
}

type Words = (provider: string, isLinking: boolean) => SignInErrorWords;

const AGAIN = { action: "Back to the sign-in", href: "/login" };
const SETTINGS = { action: "Back to the settings", href: "/settings" };
const onward = (isLinking: boolean) => (isLinking ? SETTINGS : AGAIN);

/** By the `error` of the page's address: the API's codes of a sign-in, and `SignOut`, which is the web's own. */
const WORDS: Readonly<Record<string, Words>> = {
  AccountNotLinked: (provider) => ({
    title: "You sign in here another way",
    text: `The address of your ${provider} account is known here, and belongs to somebody who signs in by mail or by another account. Nothing was linked. Sign in the way you know, then link ${provider} in the settings.`,
    action: "Sign in the way you know",
    href: "/login",
  }),
  AccountTaken: (provider, isLinking) => ({
    title: "This account is somebody else’s way in",
    text: `By this ${provider} account another person signs in here. Nothing was changed. Take it from them first, or choose another one.`,
    ...onward(isLinking),
  }),
  Cancelled: (provider, isLinking) => ({
    title: isLinking ? "Not linked" : "Not signed in",
    text: `You came back from ${provider} without agreeing. Nothing was changed.`,
    ...onward(isLinking),
  }),
  EmailNotVerified: (provider, isLinking) => ({
    title: `${provider} has not verified your address`,
    text: `Without an address that ${provider} has verified it might be anybody’s. Verify it there, or sign in by mail.`,
    ...onward(isLinking),
  }),
  Expired: (provider, isLinking) => ({
    title: "This took too long",
    text: `The answer of ${provider} came too late, came twice, or was asked for in another browser. Nothing was changed; begin again.`,
    ...onward(isLinking),
  }),
  NotInvited: () => ({
    title: "Nobody has invited you yet",
    text: "Whoever signs in here was invited first. Ask somebody of the workspace to invite this address, or use another one.",
    ...AGAIN,
  }),
  ProviderFailed: (provider, isLinking) => ({
    title: `${provider} did not answer as it should`,
    text: "Nothing was changed. Try again in a moment, or sign in by mail.",
    ...onward(isLinking),
  }),
  SignOut: () => ({
    title: "Still signed in",
    text: "The server did not answer, so the session is still open. Try again before you leave this machine to others.",
    action: "Back to the calls",
    href: "/calls",
  }),
};

const OTHER: SignInErrorWords = {
  title: "Sign-in failed",
  text: "The server could not finish it. Nothing was changed. Whoever runs this server finds the cause in its log.",
  action: "Try again",
  href: "/login",
};

/** The words for the query of the error page's address. */
export function signInErrorWords(query: URLSearchParams): SignInErrorWords {
  const words = WORDS[query.get("error") ?? ""];
  const provider = ACCOUNT_PROVIDERS.find((name) => name === query.get("provider"));
  const name = provider === undefined ? "the other service" : PROVIDER_NAMES[provider];
  return words?.(name, query.has("linking")) ?? OTHER;
}
