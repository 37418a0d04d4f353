import type { Account, Profile, User } from "@auth/core/types";
import { entranceOf } from "@earwitness/core";
import { isId } from "@earwitness/shared";
import { z } from "zod";
import type { Services } from "../services.ts";
import { errorPage } from "./error-page.ts";

/** What a provider must say of somebody: an address that it has proven. */
const ProvenProfile = z.object({ email: z.email(), email_verified: z.literal(true) });

/**
 * Decides whether somebody whom Auth.js has recognised may come in: true, or the page that says why not. By a provider one comes
 * with an address that it has verified, or not at all: an unproven one might be anybody's. Who links an account is in already,
 * whatever that account's address is.
 */
export async function admit(
  services: Services,
  { user, account, profile }: { user: User; account?: Account | null; profile?: Profile },
  isLinking: boolean,
): Promise<true | string> {
  const { env } = services;
  const provider = account?.provider ?? "email";
  if (provider !== "email" && !ProvenProfile.safeParse(profile).success) {
    return errorPage(env.APP_ORIGIN, "EmailNotVerified", provider);
  }
  if (isLinking) return true;
  const email = user.email ?? "";
  const { unitOfWork, clock } = services.contextOf({ kind: "system", reason: "sign-in" });
  const entrance = await unitOfWork(async (tx) => {
    const { id = "" } = user;
    const known = isId("user", id) ? id : (await tx.users.byEmail(email))?.id;
    return entranceOf(tx, env.SIGN_UP, { userId: known ?? null, email, now: clock.now() });
  });
  return entrance.kind === "refused" ? errorPage(env.APP_ORIGIN, "NotInvited", provider) : true;
}
