import { EarwitnessError } from "@earwitness/shared";
import { linkToken } from "./link-token.ts";
import type { ComposeMail } from "./write-mail.ts";

/** For how long a sign-in link works: long enough for a slow mailbox, too short to be worth stealing. */
export const SIGN_IN_LINK_MINUTES = 15;

/**
 * The mail that carries a sign-in link, to the web app's confirm page. Everything secret is after `#`, so that it reaches no log
 * and no Referer, and opening the page spends nothing, because mail scanners open every link: its button does. Throws
 * `unprocessable` once the link has expired.
 */
export const composeSignInMail: ComposeMail = async (ctx, { appOrigin, linkSecret }, { id, to, about, createdAt }) => {
  if (ctx.clock.now().getTime() - createdAt.getTime() > SIGN_IN_LINK_MINUTES * 60_000) {
    throw new EarwitnessError("unprocessable", "The link expired before its mail could be sent.");
  }
  const carried = new URLSearchParams({ token: await linkToken(linkSecret, "sign_in", id), email: to });
  if (about.callbackUrl !== undefined) carried.set("callbackUrl", about.callbackUrl);
  return {
    subject: "Your link to sign in to Earwitness",
    letter: {
      title: "Sign in to Earwitness",
      heading: `Sign in to Earwitness as ${to}`,
      lead: `The link works once, for ${SIGN_IN_LINK_MINUTES} minutes.`,
      button: { label: "Sign in to Earwitness", link: `${appOrigin}/login/confirm#${carried}` },
      footer: "If you did not ask for it, ignore this mail: nobody is signed in by it.",
    },
  };
};
