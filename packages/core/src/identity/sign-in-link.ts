import type { MailId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import { entranceOf, type SignUp } from "./sign-in-policy.ts";

export interface AskForSignInLink {
  readonly email: string;
  /** Minted before: the link's token is made of it. */
  readonly mailId: MailId;
  /** Of the link's token, as whoever verifies it will ask for it. */
  readonly tokenSha256: string;
  readonly expiresAt: Date;
  /** Where the person wanted to go. */
  readonly callbackUrl: string | null;
  readonly signUp: SignUp;
}

/**
 * Has a sign-in link mailed: the token by which it will be known, the mail and the job that sends it, together or not at all.
 * For an address that may not sign in nothing happens, and nobody is told: who asks must not learn whose addresses are known.
 */
export async function askForSignInLink(ctx: Context<SystemActor>, asked: AskForSignInLink): Promise<void> {
  const { email, mailId, tokenSha256, expiresAt, callbackUrl, signUp } = asked;
  await ctx.unitOfWork(async (tx) => {
    const user = await tx.users.byEmail(email);
    const entrance = await entranceOf(tx, signUp, { userId: user?.id ?? null, email, now: ctx.clock.now() });
    if (entrance.kind === "refused") {
      ctx.log.info("A sign-in link was asked for an address that may not sign in");
      return;
    }
    await tx.sessions.addSignInToken({ identifier: email, tokenSha256, expiresAt });
    const about: Record<string, string> = callbackUrl === null ? {} : { callbackUrl };
    await tx.mails.add({ id: mailId, workspaceId: null, kind: "sign_in", to: email, about });
  });
}
